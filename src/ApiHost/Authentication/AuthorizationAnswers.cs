using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Authentication;

/// <summary>
/// Answers a request that its policy does not let pass, whichever scheme it came by. Never says why a token is bad.
/// </summary>
internal sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (authorizeResult.Forbidden)
        {
            return new Problem(ProblemTypes.Forbidden).ExecuteAsync(context);
        }

        var isMissing = context.Request.Headers.Authorization.Count == 0;
        context.Response.Headers.WWWAuthenticate =
            isMissing ? "Bearer realm=\"stk\"" : "Bearer realm=\"stk\", error=\"invalid_token\"";
        return new Problem(isMissing ? ProblemTypes.TokenMissing : ProblemTypes.TokenInvalid).ExecuteAsync(context);
    }
}
