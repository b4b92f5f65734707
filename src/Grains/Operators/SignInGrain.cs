using Stk.GrainInterfaces.Operators;

namespace Stk.Grains.Operators;

/// <inheritdoc cref="ISignInGrain"/>
internal sealed class SignInGrain(SignInTable table) : Grain, ISignInGrain
{
    public async Task<bool> Redeem(DateTimeOffset expires)
    {
        var isFirst = await table.Insert(this.GetPrimaryKeyString(), expires);
        // Nothing is kept in memory: a code is asked about once or twice in its life.
        DeactivateOnIdle();
        return isFirst;
    }
}
