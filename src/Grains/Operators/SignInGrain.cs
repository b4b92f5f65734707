using Stk.GrainInterfaces.Operators;
using Stk.Grains.Registry;

namespace Stk.Grains.Operators;

/// <inheritdoc cref="ISignInGrain"/>
/// <remarks>
/// A code is asked about once or twice in its life. It is not deactivated by hand: calls that wait for it meanwhile would
/// be refused.
/// </remarks>
[CollectionAgeLimit(Minutes = 2)]
internal sealed class SignInGrain(SignIns signIns, OperatorRegister register) : Grain, ISignInGrain
{
    // Of a host before sign-ins were logged, which does not say who.
    private const string Unsaid = "unknown";

    public Task<bool> Redeem(DateTimeOffset expires) => Use(Unsaid, expires);

    public async Task<bool> RedeemBy(string subject, DateTimeOffset expires)
    {
        // Their first call, in Development: the pages that follow bring a cookie, and no token to be entered by.
        await register.EnterUnknown(subject, OperatorRegister.OperatorRole, CancellationToken.None);
        return await Use(subject, expires);
    }

    private Task<bool> Use(string subject, DateTimeOffset expires) =>
        signIns.Use(this.GetPrimaryKeyString(), subject, expires);
}
