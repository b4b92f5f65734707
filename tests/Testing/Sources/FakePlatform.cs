using System.Globalization;
using System.Text.Json;
using System.Web;
using Stk.Testing.Channels;

namespace Stk.Testing.Sources;

/// <summary>A platform that speaks the contract that we ask of it: events of a window by pages of opaque cursors.</summary>
public sealed class FakePlatform : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<FakeRow> _events = [];
    private readonly List<FakeProfile> _profiles = [];
    private readonly string _key;

    public FakePlatform(string key)
    {
        _key = key;
        Sink = new() { Answers = Answer };
    }

    public HttpSink Sink { get; }

    public string Address => $"http://127.0.0.1:{Sink.Port}/stk/v1";

    /// <summary>Events of a page, at most.</summary>
    public int PageItems { get; set; } = 3;

    /// <summary>Its promise that nothing older will be added.</summary>
    public DateTimeOffset CompleteTo { get; set; }

    /// <summary>What is answered instead; null: the truth.</summary>
    public Func<SunkRequest, SinkAnswer?>? Instead { get; set; }

    public void Add(params IEnumerable<FakeRow> rows)
    {
        lock (_lock)
        {
            _events.AddRange(rows);
        }
    }

    /// <summary>A profile that has changed stands at the end of the list from then on.</summary>
    public void Put(FakeProfile profile)
    {
        lock (_lock)
        {
            _profiles.Add(profile);
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
            return SinkAnswer.Json("{}", 401);
        }

        if (request.Path.StartsWith("/stk/v1/participants?", StringComparison.Ordinal))
        {
            return SinkAnswer.Json(Profiles(HttpUtility.ParseQueryString(new Uri($"http://platform{request.Path}").Query)));
        }

        var asked = new Uri($"http://platform{request.Path}");
        var query = HttpUtility.ParseQueryString(asked.Query);
        if (asked.AbsolutePath != "/stk/v1/events" || query["from"] is not { } from || query["to"] is not { } to)
        {
            return SinkAnswer.Json("{}", 404);
        }

        var offset = int.Parse(query["cursor"] ?? "0", CultureInfo.InvariantCulture);
        var limit = Math.Min(PageItems, int.Parse(query["limit"] ?? "1000", CultureInfo.InvariantCulture));
        List<FakeRow> found;
        lock (_lock)
        {
            found = [.. _events.Where(row => row.At >= Time(from) && row.At < Time(to)).OrderBy(row => row.At)];
        }

        return SinkAnswer.Json(JsonSerializer.Serialize(new
        {
            items = found.Skip(offset).Take(limit).Select(row => new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["uuid"] = row.Uuid,
                ["event"] = row.Event,
                ["participant"] = row.Person,
                ["timestamp"] = row.At.UtcDateTime,
                ["properties"] = JsonSerializer.Deserialize<JsonElement>(row.Properties),
            }),
            next = found.Count > offset + limit ? (offset + limit).ToString(CultureInfo.InvariantCulture) : null,
            completeTo = CompleteTo.UtcDateTime,
        }));
    }

    // By the time of their last change; a cursor is where the page before has ended.
    private string Profiles(System.Collections.Specialized.NameValueCollection query)
    {
        var offset = int.Parse(query["cursor"] ?? "0", CultureInfo.InvariantCulture);
        List<FakeProfile> found;
        lock (_lock)
        {
            found = [.. _profiles];
        }

        return JsonSerializer.Serialize(new
        {
            items = found.Skip(offset).Take(PageItems).Select(profile => new
            {
                id = profile.Id,
                level = profile.Level,
                levelSince = profile.Since.UtcDateTime,
                paid = new { active = false },
                identities = Array.Empty<object>(),
                updatedAt = profile.UpdatedAt.UtcDateTime,
            }),
            next = found.Count > offset + PageItems ? (offset + PageItems).ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

/// <param name="Since">When the level was reached.</param>
public sealed record FakeProfile(string Id, int Level, DateTimeOffset Since, DateTimeOffset UpdatedAt);
