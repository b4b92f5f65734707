using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Operators;

/// <summary>One sign-in code. Key: its <c>jti</c>.</summary>
[Alias("stk.sign-in")]
public interface ISignInGrain : IGrainWithStringKey
{
    /// <summary>True the first time, false ever after, whichever host asks.</summary>
    /// <param name="expires">When the code ends by itself; it is forgotten after that.</param>
    [Alias("redeem"), MayCall(CallerRoles.SignInCode)]
    Task<bool> Redeem([FromCaller(CallerFact.Expiry)] DateTimeOffset expires);
}
