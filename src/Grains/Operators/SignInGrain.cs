using Stk.GrainInterfaces.Operators;

namespace Stk.Grains.Operators;

/// <inheritdoc cref="ISignInGrain"/>
/// <remarks>
/// A code is asked about once or twice in its life. It is not deactivated by hand: calls that wait for it meanwhile would
/// be refused.
/// </remarks>
[CollectionAgeLimit(Minutes = 2)]
internal sealed class SignInGrain(SignInTable table) : Grain, ISignInGrain
{
    public Task<bool> Redeem(DateTimeOffset expires) => table.Insert(this.GetPrimaryKeyString(), expires);
}
