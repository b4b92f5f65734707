using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Sources.Reading;

namespace Stk.Sources.PostHog;

/// <summary>The questions to PostHog's query API and its answers.</summary>
public static class PostHogQuery
{
    /// <summary>Unit: rows of one page.</summary>
    public const int PageRows = 5_000;

    private static readonly ImmutableArray<string> Columns = ["uuid", "event", "distinct_id", "timestamp", "properties"];

    /// <summary>The body of the request for one page of a window.</summary>
    /// <param name="names">PostHog's names of the events; empty: all.</param>
    /// <param name="after">The last place of the page before; null for the first page.</param>
    public static byte[] Write(DateTimeOffset from, DateTimeOffset to, IEnumerable<string> names, PostHogPlace? after)
    {
        var query = new StringBuilder("select uuid, event, distinct_id, timestamp, properties from events where timestamp >= ")
            .Append(Instant(from)).Append(" and timestamp < ").Append(Instant(to));
        var listed = names.Order(StringComparer.Ordinal).Select(Quoted).ToList();
        if (listed.Count > 0)
        {
            query.Append(" and event in (").AppendJoin(", ", listed).Append(')');
        }

        if (after is { } place)
        {
            query.Append(CultureInfo.InvariantCulture, $" and (timestamp, uuid) > ({Instant(place.At)}, toUUID('{place.Uuid}'))");
        }

        query.Append(CultureInfo.InvariantCulture, $" order by timestamp, uuid limit {PageRows}");
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("query");
            json.WriteString("kind", "HogQLQuery");
            json.WriteString("query", query.ToString());
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads one page.</summary>
    /// <param name="after">What was asked for: a page that does not go on from it is none.</param>
    public static PostHogPage Read(ReadOnlyMemory<byte> body, SourceSettings settings, PostHogPlace? after)
    {
        using var document = ForeignJson.TryParseEvents(body);
        var isTwice = false;
        var root = document?.RootElement ?? default;
        var names = ForeignJson.Member(root, "columns", ref isTwice);
        var results = ForeignJson.Member(root, "results", ref isTwice);
        var more = ForeignJson.TryFlag(ForeignJson.Member(root, "hasMore", ref isTwice));
        if (names.ValueKind != JsonValueKind.Array || isTwice || Places(names) is not { } places)
        {
            return Unreadable("columns", "must name uuid, event, distinct_id, timestamp and properties, each once");
        }

        if (results.ValueKind != JsonValueKind.Array || more is null || results.GetArrayLength() > PageRows)
        {
            return Unreadable("results", "must be an array of at most 5,000 rows, and hasMore true or false");
        }

        var items = ImmutableArray.CreateBuilder<ForeignItem>();
        PostHogPlace? last = null;
        foreach (var row in results.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != names.GetArrayLength()
                || Place(row[places[0]], row[places[3]]) is not { } place)
            {
                return Unreadable("results", "must hold rows of all columns, each with a uuid and a time");
            }

            if (place.At < (last ?? after)?.At || place == after)
            {
                return Unreadable("results", "must go on from where the page before has ended, in order of time");
            }

            last = place;
            items.Add(PostHogEvents.Make(
                settings, row[places[0]], row[places[1]], row[places[2]], row[places[3]], row[places[4]], isBareUtc: true));
        }

        // A query that names a limit of its own need not be told that there is more.
        var hasMore = more == true || items.Count == PageRows;
        return hasMore && last is null
            ? Unreadable("hasMore", "must not be true of a page without rows")
            : new PostHogPage.Read(items.ToImmutable(), last, hasMore);
    }

    /// <summary>
    /// One row of a page that was read, in the form of a delivery, to be kept whole and read again as one.
    /// </summary>
    public static string Text(ReadOnlyMemory<byte> body, int place)
    {
        using var document = ForeignJson.TryParseEvents(body)
            ?? throw new ArgumentException("a page that was read is JSON", nameof(body));
        var root = document.RootElement;
        var row = ForeignJson.Member(root, "results")[place];
        var text = new StringBuilder("{");
        foreach (var (index, name) in ForeignJson.Member(root, "columns").EnumerateArray().Index())
        {
            var value = row[index].GetRawText();
            if (ForeignJson.TryText(name) == "timestamp" && ForeignJson.TryText(row[index]) is { } bare
                && BareUtc.TryRead(bare) is { } at)
            {
                value = string.Create(CultureInfo.InvariantCulture, $"\"{at.UtcDateTime:O}\"");
            }

            text.Append(index == 0 ? "" : ",").Append(name.GetRawText()).Append(':').Append(value);
        }

        return text.Append('}').ToString();
    }

    // The place of each of our columns in a row; null where one is missing or stands twice.
    private static ImmutableArray<int>? Places(JsonElement names)
    {
        var listed = names.EnumerateArray().Select(ForeignJson.TryText).ToList();
        return Columns.All(column => listed.Count(name => name == column) == 1)
            ? [.. Columns.Select(column => listed.IndexOf(column))]
            : null;
    }

    private static PostHogPlace? Place(JsonElement uuid, JsonElement timestamp) =>
        ForeignEvents.TryUuid(uuid) is { } id
        && (ForeignJson.TryInstant(timestamp) ?? (ForeignJson.TryText(timestamp) is { } text ? BareUtc.TryRead(text) : null))
            is { } at
            ? new(at, id)
            : null;

    private static string Instant(DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"toDateTime64('{at.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}', 6, 'UTC')");

    // ClickHouse's texts know escapes by a backslash.
    private static string Quoted(string name) =>
        $"'{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static PostHogPage.Unreadable Unreadable(string field, string rule) => new(new Objection(field, rule));
}
