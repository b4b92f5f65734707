using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.Channels.Forum;

/// <summary>
/// Sends private messages in Discourse. Its <c>external_id</c> says whether one has arrived whose answer was lost.
/// </summary>
internal sealed class DiscourseSender : IChannelSender, IDisposable
{
    private const int TitleMax = 200;

    // Where it is asked to wait and no time is said: its limits are by the minute.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly DiscourseOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _forum;

    /// <exception cref="InvalidDataException">A file that the settings name cannot be read.</exception>
    public DiscourseSender(IOptions<DiscourseOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _forum = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            BaseAddress = _options.Url,
            MaxResponseContentBufferSize = HttpAnswers.LengthMax,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (_options is { Url: not null, ApiKeyFile: { } file })
        {
            var key = SecretFile.Read(file, $"{DiscourseOptions.Section}:{nameof(DiscourseOptions.ApiKeyFile)}");
            _forum.DefaultRequestHeaders.Add("Api-Key", key);
            _forum.DefaultRequestHeaders.Add("Api-Username", _options.ApiUser);
        }
    }

    public NoticeChannel Channel => NoticeChannel.Discourse;

    public bool IsConfigured => _options.Url is not null;

    public double PerSecond => _options.PerSecond;

    public TimeSpan Longest { get; } = TimeSpan.FromSeconds(20);

    public Task<DeliveryAnswer> Send(OutgoingMessage message, CancellationToken cancellation) =>
        DiscourseName.Broken(message.Address) is not null
            ? Task.FromResult<DeliveryAnswer>(new DeliveryAnswer.Refused(DeliveryReasons.UnknownRecipient))
            : HttpAnswers.Within(Longest, _time, limited => Talk(message, limited), cancellation);

    private async Task<DeliveryAnswer> Talk(OutgoingMessage message, CancellationToken cancellation)
    {
        if (message.IsRepeat && await Look(message.Id, cancellation) is { } known)
        {
            return known;
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["archetype"] = "private_message",
            ["target_recipients"] = message.Address,
            ["title"] = OneLine.Of(message.Subject, TitleMax),
            ["raw"] = DiscourseMarkdown.Of(message.Text),
            ["external_id"] = message.Id.ToString("D", CultureInfo.InvariantCulture),
        });
        using var response = await _forum.PostAsync(new Uri("posts.json", UriKind.Relative), form, cancellation);
        return response.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => new DeliveryAnswer.Delivered(),
            // It has this one already, or will not have it: nobody has this name, or takes no messages.
            HttpStatusCode.UnprocessableEntity =>
                await Look(message.Id, cancellation)
                    ?? new DeliveryAnswer.Refused(DeliveryReasons.Http((int)response.StatusCode)),
            _ => Failed(response),
        };
    }

    // Null where it is not there.
    private async Task<DeliveryAnswer?> Look(Guid id, CancellationToken cancellation)
    {
        using var response = await _forum.GetAsync(new Uri($"t/external_id/{id:D}.json", UriKind.Relative), cancellation);
        return response.StatusCode switch
        {
            HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.OK => new DeliveryAnswer.Delivered(),
            HttpStatusCode.NotFound => null,
            _ => Failed(response),
        };
    }

    // Its limits are of the key, not of whom a message is for.
    private DeliveryAnswer Failed(HttpResponseMessage response)
    {
        var reason = DeliveryReasons.Http((int)response.StatusCode);
        return response.StatusCode == HttpStatusCode.TooManyRequests
            ? new DeliveryAnswer.ChannelBusy(reason, HttpAnswers.Asked(response, _time) ?? Pause)
            : new DeliveryAnswer.Failed(reason, HttpAnswers.Asked(response, _time));
    }

    public void Dispose() => _forum.Dispose();
}
