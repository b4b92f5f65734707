using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stk.Testing.Channels;

namespace Stk.Testing.Sources;

/// <summary>
/// A PostHog that answers HogQL queries of one form: rows of a window ordered by time and uuid, continued by both. It writes
/// times and properties as the real one does. Rows may stand in it twice.
/// </summary>
public sealed partial class FakePostHog : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<FakeRow> _rows = [];
    private readonly string _key;

    public FakePostHog(string key)
    {
        _key = key;
        Sink = new() { Answers = Answer };
    }

    public HttpSink Sink { get; }

    public string Address => $"http://127.0.0.1:{Sink.Port}";

    /// <summary>Rows of a page, at most; the query may ask for fewer.</summary>
    public int PageRows { get; set; } = 3;

    /// <summary>What is answered instead; null: the truth.</summary>
    public Func<SunkRequest, SinkAnswer?>? Instead { get; set; }

    public void Add(params IEnumerable<FakeRow> rows)
    {
        lock (_lock)
        {
            _rows.AddRange(rows);
        }
    }

    public ValueTask DisposeAsync() => Sink.DisposeAsync();

    private SinkAnswer Answer(SunkRequest request)
    {
        if (Instead?.Invoke(request) is { } answer)
        {
            return answer;
        }

        if (!request.Headers.TryGetValue("authorization", out var key) || key != $"Bearer {_key}")
        {
            return new(401);
        }

        using var body = JsonDocument.Parse(request.Body);
        var query = body.RootElement.GetProperty("query");
        var text = query.GetProperty("query").GetString()!;
        var match = Query().Match(text);
        if (request.Path != "/api/projects/3/query/" || query.GetProperty("kind").GetString() != "HogQLQuery" || !match.Success)
        {
            return SinkAnswer.Json("{}", 400);
        }

        return SinkAnswer.Json(Page(match));
    }

    private string Page(Match match)
    {
        var (from, to) = (Time(match.Groups["from"].Value), Time(match.Groups["to"].Value));
        var names = match.Groups["names"] is { Success: true, Value: var listed }
            ? listed.Split(", ").Select(name => name.Trim('\'')).ToHashSet()
            : null;
        (DateTimeOffset At, string Uuid)? after = match.Groups["after"].Success
            ? (Time(match.Groups["after"].Value), match.Groups["uuid"].Value)
            : null;
        List<FakeRow> rows;
        lock (_lock)
        {
            rows =
            [
                .. _rows.Where(row => row.At >= from && row.At < to && names?.Contains(row.Event) != false)
                    .OrderBy(row => row.At).ThenBy(row => row.Uuid, StringComparer.Ordinal)
                    .Where(row => after is not { } place || (row.At, row.Uuid).CompareTo(place) > 0),
            ];
        }

        var limit = Math.Min(PageRows, int.Parse(match.Groups["limit"].Value, CultureInfo.InvariantCulture));
        return JsonSerializer.Serialize(new
        {
            columns = (string[])["uuid", "event", "distinct_id", "timestamp", "properties"],
            results = rows.Take(limit).Select(row => (string[])
            [
                row.Uuid, row.Event, row.Person,
                row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), row.Properties,
            ]),
            hasMore = rows.Count > limit,
            limit,
            offset = 0,
        });
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(
        text, "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    [GeneratedRegex(
        @"^select uuid, event, distinct_id, timestamp, properties from events where timestamp >= toDateTime64\('(?<from>[^']+)', 6, 'UTC'\) and timestamp < toDateTime64\('(?<to>[^']+)', 6, 'UTC'\)( and event in \((?<names>[^)]*)\))?( and \(timestamp, uuid\) > \(toDateTime64\('(?<after>[^']+)', 6, 'UTC'\), toUUID\('(?<uuid>[^']+)'\)\))? order by timestamp, uuid limit (?<limit>\d+)$")]
    private static partial Regex Query();
}

/// <param name="Properties">A text of JSON, as the query API writes them.</param>
public sealed record FakeRow(string Uuid, string Event, string Person, DateTimeOffset At, string Properties = "{}")
{
    public static FakeRow Of(string name, string person, DateTimeOffset at) =>
        new(Guid.NewGuid().ToString("D"), name, person, at);
}
