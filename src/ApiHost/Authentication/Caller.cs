using System.Security.Claims;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Authentication;

/// <summary>Who asks.</summary>
internal static class Caller
{
    /// <summary>The token's subject: for a policy that let it pass there is one.</summary>
    public static string SubjectId(this ClaimsPrincipal user) =>
        user.FindFirst(TokenRules.Subject)?.Value ?? throw new InvalidOperationException("no subject: the policy is missing");
}
