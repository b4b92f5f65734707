using System.Net;
using System.Net.Http.Headers;
using Stk.Rules.Deliveries;
using Stk.Rules.Pulls;

namespace Stk.Channels.Pulls;

/// <summary>
/// Asks the systems that events come from. It follows no redirect, unpacks nothing, reads 32 MiB at most, and waits so long
/// and no longer. It does not throw for anything that the other side can do.
/// </summary>
public sealed class PullClient : IDisposable
{
    /// <summary>Unit: bytes of an answer.</summary>
    public const int LengthMax = 32 * 1_024 * 1_024;

    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public PullClient(TimeProvider time)
    {
        _time = time;
        _client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            MaxResponseContentBufferSize = LengthMax,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose() => _client.Dispose();

    /// <summary>One question and its whole answer.</summary>
    /// <param name="longest">From the connection to the answer's last byte.</param>
    public async Task<PullAnswer> Ask(PullQuestion question, TimeSpan longest, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await Talk(question, either.Token);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested && Reason(exception) is { } reason)
        {
            return new PullAnswer.Failed(reason);
        }
    }

    private async Task<PullAnswer> Talk(PullQuestion question, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            question.Body is null ? HttpMethod.Get : HttpMethod.Post, question.Address);
        request.Headers.Accept.Add(new("application/json"));
        foreach (var (name, value) in question.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (question.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        using var response = await _client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return IsJson(response.Content.Headers.ContentType)
                    ? new PullAnswer.Got(await Read(response.Content, cancellation))
                    : new PullAnswer.Failed(PullReasons.NotJson);
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new PullAnswer.Missing();
            default:
                return new PullAnswer.Failed(
                    DeliveryReasons.Http((int)response.StatusCode), HttpAnswers.Asked(response, _time));
        }
    }

    private static async Task<byte[]> Read(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > LengthMax)
        {
            throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded);
        }

        await content.LoadIntoBufferAsync(LengthMax, cancellation);
        return await content.ReadAsByteArrayAsync(cancellation);
    }

    // A system that names no type is believed: the reader sees what it is.
    private static bool IsJson(MediaTypeHeaderValue? type) =>
        type?.MediaType is not { } name || name.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    private static string? Reason(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => PullReasons.TooLong,
        HttpRequestException { InnerException: { } inner } when Reason(inner) is { } reason => reason,
        _ => HttpAnswers.Reason(exception),
    };
}
