using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Participants;
using Stk.Rules.Sources;
using Stk.Sources.Reading;

namespace Stk.Sources.Aisystant;

/// <summary>
/// Reads what the platform sends and answers, by the contract that we ask of it: tests have it as a file.
/// </summary>
public static class PlatformReading
{
    /// <summary>Unit: items of one page or body.</summary>
    public const int MaxItems = 10_000;

    private const int MaxCursor = 500;
    private const int MaxIdentities = 50;
    private const int MaxName = 200;
    private const int Levels = 8;

    private static readonly ImmutableArray<string> Systems = ["discourse", "posthog", "email-hash", "telegram"];

    /// <summary>A webhook's body: an event as in the contract, or an array of them.</summary>
    public static ForeignBody ReadWebhook(ReadOnlyMemory<byte> body, SourceSettings settings)
    {
        using var document = ForeignJson.TryParseEvents(body);
        var root = document?.RootElement ?? default;
        return root.ValueKind switch
        {
            JsonValueKind.Object => new ForeignBody.Read([Event(root, settings)], IsSingle: true),
            JsonValueKind.Array when root.GetArrayLength() is > 0 and <= MaxItems =>
                new ForeignBody.Read([.. root.EnumerateArray().Select(item => Event(item, settings))], IsSingle: false),
            _ => new ForeignBody.Unreadable(new("body", "must be an event, or an array of 1 to 10,000 events")),
        };
    }

    /// <summary><c>GET /events</c>.</summary>
    /// <param name="cursor">What was asked for: a page that names it again goes on for ever, and is none.</param>
    public static PlatformPage ReadEvents(ReadOnlyMemory<byte> body, SourceSettings settings, string? cursor)
    {
        using var document = ForeignJson.TryParseEvents(body);
        if (!TryPage(document, cursor, out var items, out var next, out var broken))
        {
            return new PlatformPage.Unreadable(broken);
        }

        return ForeignJson.TryInstant(ForeignJson.Member(document?.RootElement ?? default, "completeTo")) is { } completeTo
            ? new PlatformPage.Events([.. items.EnumerateArray().Select(item => Event(item, settings))], next, completeTo)
            : new PlatformPage.Unreadable(new("completeTo", "must be a time with an offset or Z"));
    }

    /// <summary>The text of one item of a page of events that was read, to be kept whole.</summary>
    public static string Text(ReadOnlyMemory<byte> body, int place)
    {
        using var document = ForeignJson.TryParseEvents(body)
            ?? throw new ArgumentException("a page that was read is JSON", nameof(body));
        return ForeignJson.Member(document.RootElement, "items")[place].GetRawText();
    }

    /// <summary><c>GET /participants</c>.</summary>
    /// <param name="cursor">What was asked for: a page that names it again goes on for ever, and is none.</param>
    public static PlatformPage ReadProfiles(ReadOnlyMemory<byte> body, string? cursor)
    {
        using var document = ForeignJson.TryParse(body);
        if (!TryPage(document, cursor, out var items, out var next, out var broken))
        {
            return new PlatformPage.Unreadable(broken);
        }

        var profiles = ImmutableArray.CreateBuilder<PlatformProfile>();
        foreach (var item in items.EnumerateArray())
        {
            if (Profile(item, out broken) is not { } profile)
            {
                return new PlatformPage.Unreadable(broken);
            }

            profiles.Add(profile);
        }

        return new PlatformPage.Profiles(profiles.ToImmutable(), next);
    }

    /// <summary><c>GET /participants/ID</c>; null where the answer is not of the contract.</summary>
    public static PlatformProfile? ReadProfile(ReadOnlyMemory<byte> body, string id, out Objection broken)
    {
        using var document = ForeignJson.TryParse(body);
        if (Profile(document?.RootElement ?? default, out broken) is not { } profile)
        {
            return null;
        }

        broken = new("id", "must be the one that was asked for");
        return profile.Id == id ? profile : null;
    }

    private static bool TryPage(
        JsonDocument? document, string? cursor, out JsonElement items, out string? next, out Objection broken)
    {
        var isTwice = false;
        var root = document?.RootElement ?? default;
        items = ForeignJson.Member(root, "items", ref isTwice);
        var said = ForeignJson.Member(root, "next", ref isTwice);
        next = ForeignJson.TryText(said);
        broken = new("next", "must be a cursor of 1 to 500 characters other than the one before, or null");
        if (isTwice || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() > MaxItems)
        {
            broken = new("items", "must be an array of at most 10,000");
            return false;
        }

        return next is null ? said.ValueKind == JsonValueKind.Null : next.Length is > 0 and <= MaxCursor && next != cursor;
    }

    private static ForeignItem Event(JsonElement item, SourceSettings settings)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return new ForeignItem.Rejected(null, new("$", "must be an object"));
        }

        var isTwice = false;
        var uuid = ForeignJson.Member(item, "uuid", ref isTwice);
        var type = ForeignJson.Member(item, "event", ref isTwice);
        var id = ForeignJson.Member(item, "participant", ref isTwice);
        var timestamp = ForeignJson.Member(item, "timestamp", ref isTwice);
        var properties = ForeignJson.Member(item, "properties", ref isTwice);
        if (isTwice)
        {
            return new ForeignItem.Rejected(null, new("$", "must hold no name twice"));
        }

        var read = ForeignEvents.Make(
            settings, uuid, ForeignJson.TryText(type), id, timestamp, properties, isBareUtc: false);
        return read switch
        {
            ForeignItem.Wellformed { Event: var made } => new ForeignItem.Wellformed(made with
            {
                Peer = ForeignEvents.Word(properties, "peer", ParticipantId.MaxCharacters),
                ObjectId = ForeignEvents.Word(properties, "object", 100),
            }),
            ForeignItem.Rejected { Objection.Field: "distinct_id" } rejected =>
                rejected with { Objection = rejected.Objection with { Field = "participant" } },
            var other => other,
        };
    }

    private static PlatformProfile? Profile(JsonElement item, out Objection broken)
    {
        broken = new("id", "must be 1 to 200 characters");
        if (ForeignJson.TryText(ForeignJson.Member(item, "id")) is not { } id || !ParticipantId.IsValid(id))
        {
            return null;
        }

        broken = new("level", "must be a whole number from 1 to 8, with levelSince and updatedAt, times with an offset or Z");
        if (ForeignJson.TryWhole(ForeignJson.Member(item, "level")) is not { } level || level is < 1 or > Levels
            || ForeignJson.TryInstant(ForeignJson.Member(item, "levelSince")) is not { } since
            || ForeignJson.TryInstant(ForeignJson.Member(item, "updatedAt")) is not { } updatedAt)
        {
            return null;
        }

        broken = new("paid", "must have active, true or false, and until, a day or null");
        var paid = ForeignJson.Member(item, "paid");
        var active = ForeignJson.Member(paid, "active");
        if (active.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            || !TryDay(ForeignJson.Member(paid, "until"), out var until))
        {
            return null;
        }

        broken = new("identities", "must be an array of at most 50, each with a system of the contract, an id and verified");
        if (Identities(ForeignJson.Member(item, "identities")) is not { } identities)
        {
            return null;
        }

        broken = new("kind", "must be person, staff or bot, with weeksInRow from 0 or null, erased and a name of text");
        var weeks = ForeignJson.Member(item, "weeksInRow");
        var name = ForeignJson.Member(item, "name");
        if (Kind(ForeignJson.Member(item, "kind")) is not { } kind
            || ForeignJson.TryFlag(ForeignJson.Member(item, "erased")) is not { } isErased
            || !(ForeignJson.IsAbsent(weeks) || ForeignJson.TryWhole(weeks) is >= 0 and <= int.MaxValue)
            || !(ForeignJson.IsAbsent(name) || ForeignJson.TryText(name) is { Length: <= MaxName }))
        {
            return null;
        }

        return new(id, (int)level, since, active.ValueKind == JsonValueKind.True, until, identities, updatedAt)
        {
            Name = ForeignJson.TryText(name),
            WeeksInRow = (int?)ForeignJson.TryWhole(weeks),
            Kind = kind,
            IsErased = isErased,
        };
    }

    private static ImmutableArray<PlatformIdentity>? Identities(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxIdentities)
        {
            return null;
        }

        var identities = ImmutableArray.CreateBuilder<PlatformIdentity>();
        foreach (var item in list.EnumerateArray())
        {
            if (ForeignJson.TryText(ForeignJson.Member(item, "system")) is not { } system || !Systems.Contains(system)
                || ForeignJson.TryText(ForeignJson.Member(item, "id")) is not { } id || !ParticipantId.IsValid(id)
                || ForeignJson.TryFlag(ForeignJson.Member(item, "verified")) is not { } isVerified)
            {
                return null;
            }

            identities.Add(new(system, id, isVerified));
        }

        return identities.ToImmutable();
    }

    private static PlatformKind? Kind(JsonElement element) => ForeignJson.TryText(element) switch
    {
        "person" => PlatformKind.Person,
        "staff" => PlatformKind.Staff,
        "bot" => PlatformKind.Bot,
        null when ForeignJson.IsAbsent(element) => PlatformKind.Person,
        _ => null,
    };

    private static bool TryDay(JsonElement element, out DateOnly? day)
    {
        day = null;
        if (ForeignJson.IsAbsent(element))
        {
            return true;
        }

        var isDay = DateOnly.TryParseExact(
            ForeignJson.TryText(element), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read);
        day = isDay ? read : null;
        return isDay;
    }
}
