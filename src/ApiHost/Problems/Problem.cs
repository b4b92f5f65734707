using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stk.Rules.Objections;

namespace Stk.ApiHost.Problems;

/// <summary>
/// An answer that is no success, as RFC 9457 problem details. It never repeats a value that was sent, and never says
/// what failed inside.
/// </summary>
internal sealed record Problem(ProblemType Type) : IResult
{
    public const string ContentType = "application/problem+json";

    /// <summary>Of this occurrence; the type's meaning where there is nothing to add.</summary>
    public string? Detail { get; init; }

    public ImmutableArray<Objection> Errors { get; init; } = [];

    /// <summary>Unit: seconds. Null: the header is not sent.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static Problem Invalid(params ImmutableArray<Objection> errors) =>
        new(ProblemTypes.InvalidRequest) { Errors = errors };

    public static Problem Invalid(string field, string rule) => Invalid(new Objection(field, rule));

    public static Problem NotFound() => new(ProblemTypes.NotFound);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var trace = System.Diagnostics.Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier;
        response.StatusCode = Type.Status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (httpContext.RequestServices?.GetService<IProblemPages>() is { } pages && pages.Takes(httpContext.Request))
        {
            await pages.Show(httpContext, this, trace);
            return;
        }

        response.ContentType = ContentType;
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type", Type.Uri);
            json.WriteString("title", Type.Title);
            json.WriteNumber("status", Type.Status);
            json.WriteString("detail", Detail ?? Type.Meaning);
            json.WriteString("traceId", trace);
            json.WriteStartArray("errors");
            foreach (var error in Errors)
            {
                json.WriteStartObject();
                json.WriteString("field", error.Field);
                json.WriteString("rule", error.Rule);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, httpContext.RequestAborted);
    }
}
