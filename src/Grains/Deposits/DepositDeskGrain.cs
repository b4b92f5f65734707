using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Deposits;

namespace Stk.Grains.Deposits;

/// <inheritdoc cref="IDepositDeskGrain"/>
/// <remarks>It remembers nothing: all is asked of the database.</remarks>
internal sealed class DepositDeskGrain(DepositTable table) : Grain, IDepositDeskGrain
{
    public Task<DepositPage> List(PageRequest request, DepositState? state, CancellationToken cancellation) =>
        table.List(request, state, cancellation);
}
