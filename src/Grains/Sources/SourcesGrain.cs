using System.Collections.Immutable;
using Orleans.Concurrency;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Economy;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="ISourcesGrain"/>
[StatelessWorker]
internal sealed class SourcesGrain(SourceTable table, BudgetTable budgets, EconomyCache economy) : Grain, ISourcesGrain
{
    public async Task<ImmutableArray<SourceReply>> List(CancellationToken cancellation)
    {
        var listed = await table.List(cancellation);
        var over = await budgets.ReadOver(name: null, economy.Current.RuleBooks, cancellation);
        var names = over.Select(day => day.Source).ToHashSet(StringComparer.Ordinal);
        return [.. listed.Select(source => source with { IsOverBudget = names.Contains(source.Name) })];
    }
}
