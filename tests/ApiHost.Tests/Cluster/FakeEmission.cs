using Stk.GrainInterfaces.Emission;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeEmission : IEmissionGrain
{
    public Task<DateOnly?> Emit(DateOnly through) => Task.FromResult<DateOnly?>(through);

    public Task<SupplyReply> GetSupply(CancellationToken cancellation) => Task.FromResult(new SupplyReply(
        null, 0, Amount.OfStk(1_000_000_000), Amount.Zero, Amount.Zero, Amount.Zero, [new("rewards", new(5))], Amount.Zero,
        Amount.Zero, Amount.Zero, Amount.Zero, Amount.Zero, Amount.Zero, null, DateTimeOffset.UnixEpoch));
}
