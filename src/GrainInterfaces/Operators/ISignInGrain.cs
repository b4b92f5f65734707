using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Operators;

/// <summary>One sign-in code. Key: its <c>jti</c>.</summary>
[Alias("stk.sign-in")]
public interface ISignInGrain : IGrainWithStringKey
{
    /// <summary>As <see cref="RedeemBy"/>, by a host that does not say who signs in.</summary>
    [Alias("redeem"), MayCall(CallerRoles.SignInCode)]
    Task<bool> Redeem([FromCaller(CallerFact.Expiry)] DateTimeOffset expires);

    /// <summary>True the first time, false ever after, whichever host asks. It is an entry of the operators' log.</summary>
    /// <param name="subject">Who signs in: the code's subject.</param>
    /// <param name="expires">When the code ends by itself.</param>
    [Alias("redeem-by"), MayCall(CallerRoles.SignInCode)]
    Task<bool> RedeemBy([FromCaller] string subject, [FromCaller(CallerFact.Expiry)] DateTimeOffset expires);
}
