using System.Net;

namespace Stk.ApiHost.Problems;

/// <summary>A page for each type of problem, at the address that <c>type</c> names.</summary>
internal static class ProblemPages
{
    public static void MapProblemPages(this IEndpointRouteBuilder app) =>
        app.MapGet("/problems/{slug}", IResult (string slug, ProblemCatalogue problems) => problems.Find(slug) is { } type
                ? TypedResults.Content(Page(type), "text/html; charset=utf-8")
                : Problem.NotFound())
            .AllowAnonymous()
            .ExcludeFromDescription();

    private static string Page(ProblemType type) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(type.Title)}</title></head>
        <body>
        <h1>{WebUtility.HtmlEncode(type.Title)}</h1>
        <p>{WebUtility.HtmlEncode(type.Meaning)}</p>
        <p>HTTP status {type.Status}, type <code>{WebUtility.HtmlEncode(type.Uri)}</code></p>
        </body>
        </html>
        """;
}
