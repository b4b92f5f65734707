using System.Net;
using System.Text.Json;
using Stk.Client.Problems;

namespace Stk.Client.Connections;

/// <summary>
/// A write's body on its way, through all of its tries: it knows whether a host may have the whole of it, and whether
/// what was answered since has settled that.
/// </summary>
/// <param name="key">The Idempotency-Key.</param>
/// <param name="body">Empty for none.</param>
internal sealed class SentWrite(string key, ReadOnlyMemory<byte> body) : HttpContent
{
    private bool _wasPerhapsDone;

    public string Key { get; } = key;

    /// <summary>True from the body's first byte on, which the head goes with: a host without a body does nothing.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>True where a try was sent and no answer has said that it, and each before it, did nothing.</summary>
    public bool IsPerhapsDone { get; private set; }

    public void BeginTry() => _wasPerhapsDone = IsPerhapsDone;

    /// <summary>Takes what an answer says of whether it was done.</summary>
    public async Task Take(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Content.Headers.ContentType?.MediaType != Refusals.MediaType)
        {
            return;
        }

        // A refusal is small, and is read again by whoever tells it.
        await answer.Content.LoadIntoBufferAsync(cancellation);
        var problem = Problem(await answer.Content.ReadAsByteArrayAsync(cancellation));
        if (problem is { Type: not null })
        {
            IsPerhapsDone = Standing(answer.StatusCode, ApiProblemException.SlugOf(problem.Type));
        }
    }

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsBegun = IsPerhapsDone = true;
        await stream.WriteAsync(body, cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    // What is refused before the key is looked up says of this try alone that it did nothing; what comes after the
    // look-up says it of all.
    private bool Standing(HttpStatusCode status, string slug) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout
            or HttpStatusCode.TooManyRequests => _wasPerhapsDone,
        _ when slug is "busy" or "storage-unavailable" => _wasPerhapsDone,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => false,
        _ => true,
    };

    private static ProblemDetails? Problem(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemDetails>(json, TokenomicsJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
