using Scalar.AspNetCore;

namespace Stk.ApiHost.OpenApi;

/// <summary>
/// A page that shows the API's description and lets one try a call: all from this host, nothing from others.
/// </summary>
internal static class DocumentationPage
{
    public const string Path = "/docs";

    // The page's script names hosts of its makers, for fonts and a proxy. Whatever it means to do with them, the browser
    // does not: a token that is tried out stays between the reader and this host.
    private const string Policy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    public static void MapDocumentation(this IEndpointRouteBuilder app) =>
        app.MapScalarApiReference(Path, options =>
            {
                options.Title = "STK";
                options.OpenApiRoutePattern = "/openapi/{documentName}.json";
                options.DefaultFonts = false;
                options.Telemetry = false;
                options.PersistentAuthentication = false;
                options.AddPreferredSecuritySchemes("bearer");
                // Each of these leads to its makers' own servers.
                options.DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton();
            })
            .AddEndpointFilter(async (context, next) =>
            {
                context.HttpContext.Response.Headers.ContentSecurityPolicy = Policy;
                return await next(context);
            })
            .AllowAnonymous()
            .ExcludeFromDescription();
}
