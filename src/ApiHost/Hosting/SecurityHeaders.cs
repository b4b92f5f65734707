using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Hosting;

/// <summary>
/// Headers of every answer. Nothing that a token opens may stay in a cache; pages and assets say their own.
/// </summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // When the answer starts: an exception on the way clears what was set before.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            var own = context.Features.Get<AnswerHeaders>();
            headers["Referrer-Policy"] = own?.ReferrerPolicy ?? "no-referrer";
            if (own is not null)
            {
                headers.CacheControl = own.CacheControl;
                headers.ContentSecurityPolicy = own.ContentSecurityPolicy;
            }
            else if (!context.Request.Path.StartsWithSegments("/ops/orleans", StringComparison.OrdinalIgnoreCase)
                && !context.Request.Path.StartsWithSegments(DocumentationPage.Path, StringComparison.OrdinalIgnoreCase))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    });
}
