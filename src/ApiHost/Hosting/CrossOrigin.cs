using Stk.ApiHost.Inputs;
using Stk.ApiHost.Requests;
using Stk.Hosting;

namespace Stk.ApiHost.Hosting;

/// <summary>Which sites' pages may call the API: exactly those in <c>Stk:Cors:Origins</c>, none by default.</summary>
internal static class CrossOrigin
{
    public static void AddCrossOrigin(this WebApplicationBuilder builder)
    {
        var origins = builder.Configuration.GetSection("Stk:Cors:Origins").Get<string[]>() ?? [];
        if (origins.FirstOrDefault(origin => !IsOrigin(origin)) is not null)
        {
            throw new RefusedToStartException(
                "Stk:Cors:Origins must be origins, https://host or http://host:port: no path, no star.");
        }

        // Tokens go in a header, never a cookie: credentials stay off.
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(origins)
            .WithMethods("GET", "POST", "PUT", "DELETE")
            .WithHeaders(
                "Authorization", "Content-Type", IdempotencyKey.Header, "If-Match", "If-None-Match", "Last-Event-ID",
                Sequences.Header)
            .WithExposedHeaders("Location", "Retry-After", "ETag", Sequences.Header, IdempotencyKey.Replayed)));
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http")
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}
