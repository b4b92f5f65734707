using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Stk.ApiHost.Problems;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Authentication;

/// <summary>
/// Answers a request that its policy does not let pass, whichever scheme it came by. Never says why a token is bad. Whoever
/// acts as an operator or auditor must be one by the register too.
/// </summary>
internal sealed class AuthorizationAnswers(RegisterCache register) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await (await IsUnknown(context)
                ? new Problem(ProblemTypes.OperatorUnknown).ExecuteAsync(context)
                : next(context));
            return;
        }

        if (authorizeResult.Forbidden)
        {
            await new Problem(ProblemTypes.Forbidden).ExecuteAsync(context);
            return;
        }

        var isMissing = context.Request.Headers.Authorization.Count == 0;
        context.Response.Headers.WWWAuthenticate =
            isMissing ? "Bearer realm=\"stk\"" : "Bearer realm=\"stk\", error=\"invalid_token\"";
        await new Problem(isMissing ? ProblemTypes.TokenMissing : ProblemTypes.TokenInvalid).ExecuteAsync(context);
    }

    // A role that a token gives is no more than the register says. A session can be ended by whoever has it, all the same.
    private async ValueTask<bool> IsUnknown(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy != Policy.Session
        && (context.User.IsInRole(Role.Operator) ? Role.Operator : context.User.IsInRole(Role.Auditor) ? Role.Auditor : null)
            is { } role
        && !await register.MayAct(
            context.User.SubjectId(), role, context.Features.Get<VerifiedBearer>() is not null, context.RequestAborted);
}
