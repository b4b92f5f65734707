using Stk.GrainInterfaces.Operators;

namespace Stk.Grains.Operators;

/// <inheritdoc cref="ISignInGrain"/>
/// <remarks>
/// A code is asked about once or twice in its life. It is not deactivated by hand: calls that wait for it meanwhile would
/// be refused.
/// </remarks>
[CollectionAgeLimit(Minutes = 2)]
internal sealed class SignInGrain(SignIns signIns) : Grain, ISignInGrain
{
    // Of a host before sign-ins were logged, which does not say who.
    private const string Unsaid = "unknown";

    public Task<bool> Redeem(DateTimeOffset expires) => RedeemBy(Unsaid, expires);

    public Task<bool> RedeemBy(string subject, DateTimeOffset expires) =>
        signIns.Use(this.GetPrimaryKeyString(), subject, expires);
}
