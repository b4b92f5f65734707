using System.Globalization;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.RuleBooks;
using Stk.Ledger;
using Stk.Rules.Money;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <inheritdoc cref="IWeekShardGrain"/>
// Soon its work is done for ever. It is not deactivated by hand: a second driver's calls would be refused.
[CollectionAgeLimit(Minutes = 2)]
internal sealed class WeekShardGrain(
    SealTable seals, StatementTable statements, RuleBookTable ruleBooks, ILedger ledger)
    : Grain, IWeekShardGrain
{
    private WeekId _week;
    private int _shard;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        _shard = int.Parse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return WeekId.TryParse(key.AsSpan(0, slash), out _week)
            ? Task.CompletedTask
            : throw new ArgumentException($"no week shard has the key '{key}'");
    }

    public async Task<ShardSeal> Aggregate(int rulesVersion)
    {
        var book = await ruleBooks.ReadVersion(rulesVersion, CancellationToken.None);
        var shard = await seals.Aggregate(_week, _shard, book, CancellationToken.None);
        return new(shard.Hash, shard.Participants, shard.Total);
    }

    public async Task Score(ScoreShard request) =>
        await statements.Write(_week, _shard, await Compute(request), CancellationToken.None);

    public async Task<Amount> Settle(ScoreShard request)
    {
        var paid = Amount.Zero;
        foreach (var transaction in WeekPayments.Pay(_week, _shard, await Compute(request)))
        {
            var result = await ledger.Post(transaction, PostPriority.Bulk);
            if (result.Objection is { } refusal)
            {
                throw new InvalidOperationException(
                    $"the ledger refused to pay shard {_shard} of week {_week}: {refusal}");
            }

            paid -= transaction.Postings[0].Amount;
        }

        return paid;
    }

    private async Task<IReadOnlyList<Statement>> Compute(ScoreShard request)
    {
        var book = await ruleBooks.ReadVersion(request.RulesVersion, CancellationToken.None);
        return await ShardScoring
            .Statements(
                seals.Read(_week, _shard, CancellationToken.None), _week, book, new(request.Reserved, request.Total))
            .ToListAsync();
    }
}
