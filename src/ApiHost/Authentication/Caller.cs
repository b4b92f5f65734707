using System.Security.Claims;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Authentication;

/// <summary>Who asks.</summary>
internal static class Caller
{
    /// <summary>The token's subject: for a policy that let it pass there is one.</summary>
    public static string SubjectId(this ClaimsPrincipal user) =>
        user.FindFirst(TokenRules.Subject)?.Value ?? throw new InvalidOperationException("no subject: the policy is missing");

    /// <summary>When the token's subject has shown who they are; null where the token does not say.</summary>
    public static DateTimeOffset? SignedInAt(this ClaimsPrincipal user) =>
        TokenRules.OnlyInstant(user, TokenRules.SignedInAt);
}
