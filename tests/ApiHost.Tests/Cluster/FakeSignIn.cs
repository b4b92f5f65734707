using Stk.GrainInterfaces.Operators;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeSignIn(FakeOperators operators) : ISignInGrain
{
    private int _used;

    public Task<bool> Redeem(DateTimeOffset expires) => RedeemBy("unknown", expires);

    // As a silo in Development does.
    public Task<bool> RedeemBy(string subject, DateTimeOffset expires)
    {
        operators.Enter(subject, "operator");
        return Task.FromResult(Interlocked.Increment(ref _used) == 1);
    }
}
