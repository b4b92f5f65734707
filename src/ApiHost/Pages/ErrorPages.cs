using System.Collections.Immutable;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Pages;

/// <summary>What is no success, as a page: where a browser asks for one outside the API.</summary>
internal sealed class ErrorPages : IProblemPages
{
    private const string Html = "text/html";

    // These are programs' addresses, whoever asks.
    private static readonly ImmutableArray<string> OfPrograms =
        [ApiAddress.Root, "/health", "/metrics", "/openapi", "/ops", "/docs"];

    public bool Takes(HttpRequest request) =>
        !OfPrograms.Any(root => request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))
        && request.Headers.Accept.Count > 0
        && request.Preferred([Problem.ContentType, "application/json", Html]) == Html;

    public Task Show(HttpContext context, Problem problem, string trace)
    {
        var frame = PageFrames.Anonymous(context);
        var words = frame.Words;
        var slug = problem.Type.Slug;
        var known = words.Known($"problem.{slug}") is not null ? slug : OfStatus(problem.Type.Status);
        var seconds = problem.RetryAfterSeconds ?? 1;
        var text = words.Say($"problem.{known}", [("seconds", words.Count("n.seconds", seconds))]);
        ImmutableArray<string> details = known == slug
            ? [.. problem.Errors.Select(error => $"{error.Field}: {error.Rule}")]
            : [problem.Detail ?? problem.Type.Meaning];
        return new PageResult<ErrorPage>(
            frame, new ErrorModel(words[$"problem.{known}.title"], text, slug, trace, details))
        {
            Status = problem.Type.Status,
        }.ExecuteAsync(context);
    }

    private static string OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => "not-found",
        StatusCodes.Status429TooManyRequests => "busy",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        >= StatusCodes.Status500InternalServerError => "internal-error",
        _ => "invalid-request",
    };
}

/// <param name="Slug">The problem's code, to quote.</param>
/// <param name="Trace">The request's number, to quote.</param>
/// <param name="Details">What is at fault, as programs read it.</param>
public sealed record ErrorModel(string Title, string Text, string Slug, string Trace, ImmutableArray<string> Details);
