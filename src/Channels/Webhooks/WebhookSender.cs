using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Microsoft.Extensions.Options;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.Channels.Webhooks;

/// <summary>
/// Requests to addresses that participants have given: to the internet alone, in five seconds, without redirects, and of the
/// answer nothing is read but how it begins.
/// </summary>
internal sealed class WebhookSender : IChannelSender, IDisposable
{
    private const string UserAgent = "stk-webhooks/1";

    private readonly WebhookOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public WebhookSender(IOptions<WebhookOptions> options, TimeProvider time)
        : this(options.Value, time, Dns.GetHostAddressesAsync)
    {
    }

    /// <param name="resolve">The addresses of a name.</param>
    internal WebhookSender(
        WebhookOptions options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _options = options;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            // No number of ours goes along.
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = HttpAnswers.LengthMax / 1024,
            MaxResponseDrainSize = 0,
            // One request a connection: each is looked at when it is made.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = new CheckedConnections(options.Networks, resolve).Connect,
        };
        if (options.TrustedAuthority is { } authority)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = Channels.TrustedAuthority.Check(authority),
            };
        }

        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public NoticeChannel Channel => NoticeChannel.Webhook;

    public bool IsConfigured => true;

    public double PerSecond => _options.PerSecond;

    public TimeSpan Longest { get; } = TimeSpan.FromSeconds(5);

    public Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancellation) =>
        WebhookUrl.Broken(message.Address, mayBeNear: _options.Allow.Count > 0) is not null
            ? Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Refused(DeliveryReasons.AddressNotAllowed))
            : HttpAnswers.Within(Longest, _time, limited => Post(message, limited), cancellation);

    private async Task<DeliveryAnswer> Post(OutgoingMessage message, CancellationToken cancellation)
    {
        var id = message.Id.ToString("D", CultureInfo.InvariantCulture);
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, message.Address)
        {
            Content = new ReadOnlyMemoryContent(message.Body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
            },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "webhook-signature", WebhookSignature.Of(id, timestamp, message.Body.Span, message.Secrets));
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        var reason = DeliveryReasons.Http((int)response.StatusCode);
        return response.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => new DeliveryAnswer.Delivered(),
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new DeliveryAnswer.Refused(reason),
            _ => new DeliveryAnswer.Failed(reason, HttpAnswers.Asked(response, _time)),
        };
    }

    public void Dispose() => _client.Dispose();
}
