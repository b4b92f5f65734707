using Microsoft.Net.Http.Headers;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Inputs;

/// <summary>
/// Conditions that a write was given (RFC 9110, 13.1): one that an endpoint does not know is refused, because a write that
/// is done although its condition was not looked at is done on what nobody has read. On reads they are ignored.
/// </summary>
internal static class Preconditions
{
    public const string IfMatch = "If-Match";

    private const string Rule = "must be left out: this write does not look at it";

    public static void UsePreconditions(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Unknown(context) is { } header)
        {
            await Problem.Invalid(header, Rule).ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    private static string? Unknown(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
            || context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            return null;
        }

        return request.Headers.IfMatch.Count > 0 && endpoint.Metadata.GetMetadata<KnowsIfMatch>() is null ? IfMatch
            : request.Headers.IfUnmodifiedSince.Count > 0 ? HeaderNames.IfUnmodifiedSince
            : null;
    }
}

/// <summary>An endpoint that looks at If-Match.</summary>
internal sealed record KnowsIfMatch;
