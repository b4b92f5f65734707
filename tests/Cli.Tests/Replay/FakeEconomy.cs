using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Stk.Rules.Weeks;

namespace Stk.Cli.Tests.Replay;

/// <summary>As much of the API as a replay sees: it keeps events, knows duplicates, closes weeks by its clock.</summary>
internal sealed class FakeEconomy : HttpMessageHandler
{
    private readonly Dictionary<string, string> _stored = [];

    /// <summary>Everything that changed it, in order: <c>clock ...</c> and <c>events N</c>.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What was stored with which outcome, by uuid.</summary>
    public IReadOnlyDictionary<string, string> Stored => _stored;

    /// <summary>Null until it is first set: the system's.</summary>
    public DateTimeOffset? Clock { get; set; }

    /// <summary>Requests until the connection breaks, before or after the request has had its effect.</summary>
    public int? BreaksAfter { get; set; }

    public bool BreaksBeforeTheEffect { get; set; }

    /// <summary>The journal's, SEQUENCE:HASH; null for what <see cref="HasJournal"/> says.</summary>
    public string? Head { get; set; }

    /// <summary>Whether each of <see cref="Calls"/> is a commit; otherwise the journal stays empty.</summary>
    public bool HasJournal { get; init; }

    /// <summary>The name that events are stored under.</summary>
    public string Source { get; init; } = "replay";

    /// <summary>What stands in the economy beside it: events of another source.</summary>
    public int OfOthers { get; init; } = 1_000_000;

    /// <summary>Answers what is asked beside events, clock and totals.</summary>
    public Func<HttpRequestMessage, string, HttpResponseMessage>? Beside { get; init; }

    /// <summary>How many requests are answered 503 from now on.</summary>
    public int Unavailable { get; set; }

    /// <summary>One event a day from Monday on, as lines.</summary>
    public static IEnumerable<string> Events(WeekId week, int count) => Enumerable.Range(0, count).Select(number =>
        Event(week, number, week.Start.AddDays(number % 7).AddSeconds(number)));

    public static string Event(WeekId week, int number, DateTimeOffset at) => JsonSerializer.Serialize(new
    {
        uuid = $"{week.Number:D8}-0000-4000-8000-{number:D12}",
        @event = "A",
        distinct_id = "p",
        timestamp = at.UtcDateTime,
    });

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Unavailable > 0)
        {
            Unavailable--;
            return new(HttpStatusCode.ServiceUnavailable);
        }

        var breaks = BreaksAfter-- == 0;
        if (breaks && BreaksBeforeTheEffect)
        {
            throw new OperationCanceledException("interrupted");
        }

        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = Answer(request, request.RequestUri!.AbsolutePath, body);
        return breaks ? throw new OperationCanceledException("interrupted") : response;
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string path, string body) =>
        (request.Method.Method, path["/api/v1/tokenomics/".Length..]) switch
        {
            ("POST", "events") => Take(body),
            ("POST", "admin/clock") => Set(body),
            ("GET", "admin/clock") => Ok(new { now = Now, reached = Now, doing = (string?)null, waiting = (string?)null }),
            ("GET", "admin/totals") => Ok(new
            {
                weeks = _stored.Count > 0 ? 1 : 0,
                participants = _stored.Count > 0 ? 1 : 0,
                outcomes = ByOutcome(),
                sources = Sources(),
                emitted = "0",
                paid = "0",
                frozen = "0",
                funds = new[] { new { name = "rewards", balance = "0" } },
                head = Head ?? string.Create(CultureInfo.InvariantCulture, $"{(HasJournal ? Calls.Count : 0)}:00"),
            }),
            _ => Beside?.Invoke(request, body) ?? new(HttpStatusCode.NotFound),
        };

    private Dictionary<string, Dictionary<string, int>> Sources()
    {
        var sources = new Dictionary<string, Dictionary<string, int>>();
        if (_stored.Count > 0)
        {
            sources.Add(Source, ByOutcome());
        }

        if (OfOthers > 0)
        {
            sources.Add("other", new() { ["counted"] = OfOthers });
        }

        return sources;
    }

    private DateTimeOffset Now => Clock ?? new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private Dictionary<string, int> ByOutcome() => _stored.Values.CountBy(outcome => outcome).ToDictionary();

    private HttpResponseMessage Take(string body)
    {
        var answers = new List<object>();
        using var events = JsonDocument.Parse(body);
        Calls.Add(string.Create(CultureInfo.InvariantCulture, $"events {events.RootElement.GetArrayLength()}"));
        foreach (var item in events.RootElement.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                answers.Add(new { uuid = (string?)null, outcome = "rejected", field = "$", rule = "must be an object" });
                continue;
            }

            var uuid = item.GetProperty("uuid").GetString()!;
            var week = WeekId.Of(item.GetProperty("timestamp").GetDateTimeOffset());
            var outcome = Now >= week.End.AddHours(8) ? "late" : "counted";
            answers.Add(new { uuid, outcome = _stored.TryAdd(uuid, outcome) ? outcome : "duplicate" });
        }

        return Ok(answers);
    }

    private HttpResponseMessage Set(string body)
    {
        using var document = JsonDocument.Parse(body);
        var to = document.RootElement.GetProperty("now").GetDateTimeOffset();
        if (Clock is { } now && to < now && _stored.Count > 0)
        {
            return new(HttpStatusCode.Conflict)
            {
                Content = JsonContent.Create(
                    new { type = "/problems/clock-backwards", title = "", status = 409, detail = "", errors = Array.Empty<object>() },
                    new MediaTypeHeaderValue("application/problem+json")),
            };
        }

        Calls.Add(string.Create(CultureInfo.InvariantCulture, $"clock {to:yyyy-MM-dd HH:mm:ss}"));
        Clock = to;
        return Ok(new { now = to, reached = to });
    }

    private static HttpResponseMessage Ok(object value) => new(HttpStatusCode.OK) { Content = JsonContent.Create(value) };
}
