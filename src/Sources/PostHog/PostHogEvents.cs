using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Sources.Reading;

namespace Stk.Sources.PostHog;

/// <summary>
/// PostHog's events, however they come: a webhook destination's body, a line of a batch export. The person beside an event
/// is left alone: nothing of him is kept.
/// </summary>
public static class PostHogEvents
{
    /// <summary>Unit: items of one array.</summary>
    public const int MaxItems = 10_000;

    // Whoever has the public key can send them: they say who somebody says to be.
    private static readonly ImmutableDictionary<string, string> Proposals = new Dictionary<string, string>
    {
        ["$identify"] = "$anon_distinct_id",
        ["$create_alias"] = "alias",
        ["$merge_dangerously"] = "alias",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The destination's default body, an event alone, or an array of either.</summary>
    public static ForeignBody ReadWebhook(ReadOnlyMemory<byte> body, SourceSettings settings)
    {
        using var document = ForeignJson.TryParseEvents(body);
        if (document is null)
        {
            return Unreadable("must be JSON");
        }

        var root = document.RootElement;
        switch (root.ValueKind)
        {
            case JsonValueKind.Object:
                return new ForeignBody.Read([ReadDelivered(root, settings)], IsSingle: true);
            case JsonValueKind.Array when root.GetArrayLength() is > 0 and <= MaxItems:
                return new ForeignBody.Read(
                    [.. root.EnumerateArray().Select(item => ReadDelivered(item, settings))], IsSingle: false);
            case JsonValueKind.Array:
                return Unreadable("must hold 1 to 10,000 events");
            default:
                return Unreadable("must be an event or an array of events");
        }
    }

    /// <summary>One line of an export file, without its line feed.</summary>
    /// <returns>Null where the line is blank. A line that is no JSON is rejected.</returns>
    public static ForeignItem? ReadExportLine(ReadOnlyMemory<byte> line, SourceSettings settings)
    {
        if (line.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return null;
        }

        using var document = ForeignJson.TryParseEvents(line);
        return document is null
            ? new ForeignItem.Rejected(null, new("$", "must be a line of JSON"))
            : ReadEvent(document.RootElement, settings, isBareUtc: true);
    }

    /// <summary>
    /// A line of an export file in the form of a delivery, to be kept whole and read again as one: a bare time of an export
    /// is UTC, a delivery's says its offset. What is no object stays as it is.
    /// </summary>
    public static string ExportText(ReadOnlyMemory<byte> line)
    {
        using var document = ForeignJson.TryParseEvents(line);
        if (document is not { RootElement: { ValueKind: JsonValueKind.Object } root }
            || ForeignJson.TryText(ForeignJson.Member(root, "timestamp")) is not { } bare
            || BareUtc.TryRead(bare) is not { } at)
        {
            return Encoding.UTF8.GetString(line.Span);
        }

        var members = root.EnumerateObject().Select(member =>
            $"{JsonSerializer.Serialize(member.Name)}:" + (member.NameEquals("timestamp")
                ? string.Create(CultureInfo.InvariantCulture, $"\"{at.UtcDateTime:O}\"")
                : member.Value.GetRawText()));
        return $"{{{string.Join(',', members)}}}";
    }

    internal static ForeignItem Make(
        SourceSettings settings, JsonElement uuid, JsonElement name, JsonElement id, JsonElement timestamp,
        JsonElement properties, bool isBareUtc)
    {
        var said = ForeignJson.TryText(name);
        if (said is not null && Proposals.TryGetValue(said, out var other) && !settings.Map.ContainsKey(said))
        {
            return Proposal(id, properties, other);
        }

        // What PostHog's own library sends beside what was asked of it, unless somebody has a use for it.
        if (said is ['$', ..] && !settings.Map.ContainsKey(said) && settings.Types?.Contains(said) != true)
        {
            return new ForeignItem.Nothing();
        }

        var type = said is null ? null : settings.Map.GetValueOrDefault(said, said);
        return ForeignEvents.Make(settings, uuid, type, id, timestamp, properties, isBareUtc);
    }

    private static ForeignItem ReadDelivered(JsonElement item, SourceSettings settings)
    {
        // In the default body the event's name is one level deeper.
        var inner = ForeignJson.Member(item, "event");
        return ReadEvent(inner.ValueKind == JsonValueKind.Object ? inner : item, settings, isBareUtc: false);
    }

    private static ForeignItem ReadEvent(JsonElement item, SourceSettings settings, bool isBareUtc)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return new ForeignItem.Rejected(null, new("$", "must be an object"));
        }

        var isTwice = false;
        var uuid = ForeignJson.Member(item, "uuid", ref isTwice);
        var name = ForeignJson.Member(item, "event", ref isTwice);
        var id = ForeignJson.Member(item, "distinct_id", ref isTwice);
        var timestamp = ForeignJson.Member(item, "timestamp", ref isTwice);
        var properties = ForeignJson.Member(item, "properties", ref isTwice);
        return isTwice
            ? new ForeignItem.Rejected(null, new("$", "must hold no name twice"))
            : Make(settings, uuid, name, id, timestamp, properties, isBareUtc);
    }

    private static ForeignItem Proposal(JsonElement id, JsonElement properties, string other)
    {
        const int MaxCharacters = 200;
        return ForeignJson.TryText(id) is { Length: > 0 and <= MaxCharacters } said
            && ForeignEvents.Word(properties, other, MaxCharacters) is { } also && also != said
                ? new ForeignItem.Proposal(said, also)
                : new ForeignItem.Nothing();
    }

    private static ForeignBody.Unreadable Unreadable(string rule) => new(new Objection("body", rule));
}
