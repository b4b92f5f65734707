using Stk.GrainInterfaces.Operators;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeSignIn : ISignInGrain
{
    private int _used;

    public Task<bool> Redeem(DateTimeOffset expires) => RedeemBy("unknown", expires);

    public Task<bool> RedeemBy(string subject, DateTimeOffset expires) =>
        Task.FromResult(Interlocked.Increment(ref _used) == 1);
}
