using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Participants;
using Stk.Rules.RuleBooks;
using Stk.Rules.Texts;
using Stk.Rules.Time;

namespace Stk.Rules.Activity;

/// <summary>
/// Whether one event is well-formed, in two steps, because the first needs no rule book: <see cref="Read"/> where the
/// body arrives, <see cref="Check"/> where the rule book of its week is known.
/// </summary>
public static class EventShape
{
    /// <summary>Unit: Unicode code points.</summary>
    public const int MaxTypeCharacters = RuleBookRules.MaxTypeCharacters;

    /// <summary>Unit: bytes of UTF-8, as sent.</summary>
    public const int MaxPropertiesBytes = 65_536;

    /// <summary>Objects and lists inside one another, the properties themselves being the first.</summary>
    public const int MaxPropertiesDepth = 32;

    private const string UuidForm = "must be a UUID in its 36-character form";
    private const string NotUnicode = "must be well-formed Unicode";
    private const string Twice = "must not stand twice";
    private const string NameTwice = "must hold no name twice, and no malformed name";

    /// <summary>
    /// Reads <c>{uuid, event, distinct_id, timestamp, properties}</c>. Members that are not known are left alone.
    /// </summary>
    public static EventReading Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return new EventReading.Malformed(null, new("$", "must be an object"));
        }

        JsonElement uuid = default, type = default, distinctId = default, timestamp = default, properties = default;
        Objection? repeated = null;
        HashSet<string>? others = null;
        foreach (var member in item.EnumerateObject())
        {
            var name = JsonText.TryGetName(member);
            switch (name)
            {
                case "uuid":
                    repeated ??= Keep(member, ref uuid, name);
                    break;
                case "event":
                    repeated ??= Keep(member, ref type, name);
                    break;
                case "distinct_id":
                    repeated ??= Keep(member, ref distinctId, name);
                    break;
                case "timestamp":
                    repeated ??= Keep(member, ref timestamp, name);
                    break;
                case "properties":
                    repeated ??= Keep(member, ref properties, name);
                    break;
                default:
                    if (name is null || !(others ??= new(StringComparer.Ordinal)).Add(name))
                    {
                        repeated ??= new("$", NameTwice);
                    }

                    break;
            }
        }

        var id = repeated is { Field: "uuid" } ? null : TryUuid(uuid);
        if (repeated is { } twice)
        {
            return new EventReading.Malformed(id, twice);
        }

        if (id is not { } known)
        {
            return new EventReading.Malformed(null, new("uuid", UuidForm));
        }

        // Each runs, so that each gives its value; the first objection in the order of the members is the answer.
        var objection = First(
            Text(type, "event", MaxTypeCharacters, out var typeText),
            Text(distinctId, "distinct_id", ParticipantId.MaxCharacters, out var distinctIdText)
                ?? ParticipantId.Check(distinctIdText, "distinct_id"),
            Instant(timestamp, out var at),
            Properties(properties));
        return objection is { } reason
            ? new EventReading.Malformed(known, reason)
            : new EventReading.Wellformed(WithProperties(new(known, typeText, distinctIdText, at), properties));
    }

    /// <summary>What a rule book asks of the properties; null where all is well.</summary>
    /// <param name="book">Of the event's week.</param>
    public static Objection? Check(ActivityEvent activity, RuleBook book)
    {
        if (book.Weighted(activity.Type) is { } rule)
        {
            return CheckEarning(activity, rule, book);
        }

        if (activity.Type == ControlEvents.QualificationChanged)
        {
            return activity.Level >= 1 && activity.Level <= book.Levels.Length
                ? null
                : new("properties.level", WholeNumber(1, book.Levels.Length));
        }

        if (ControlEvents.EvidenceOf(activity.Type, book) is { } evidence)
        {
            return CheckNamed(activity, activity.For, "properties.for") ?? CheckEvidence(activity, evidence);
        }

        return ControlEvents.TypeRetractedBy(activity.Type, book) is not null
            || ControlEvents.EvidenceRetractedBy(activity.Type, book) is not null
                ? CheckNamed(activity, activity.Retracts, "properties.retracts")
                : null;
    }

    /// <summary>Days that an event's reward vests: its own word where its type leaves a choice.</summary>
    public static int VestsDays(ActivityEvent activity, ActivityRule rule) => VestsDays(activity.Days, rule);

    /// <summary>The same of a stored event, as the seal has it: a word out of the rule's range says nothing.</summary>
    public static int VestsDays(int? days, ActivityRule rule) =>
        rule.DaysMayVary && days is { } said && said >= rule.VestsDays && said <= rule.VestsDaysMax ? said : rule.VestsDays;

    private static Objection? CheckEarning(ActivityEvent activity, ActivityRule rule, RuleBook book)
    {
        if (rule.DaysMayVary
            && (activity.Unreadable.HasFlag(UnreadableProperties.Days)
                || activity.Days < rule.VestsDays || activity.Days > rule.VestsDaysMax))
        {
            return new("properties.days", WholeNumber(rule.VestsDays, rule.VestsDaysMax));
        }

        return activity.Unreadable.HasFlag(UnreadableProperties.Referred)
            && book.Vesting.Of(rule.Type)?.Evidence == EvidenceKind.Referred
                ? new("properties.referred", "must be a participant's id")
                : null;
    }

    private static Objection? CheckEvidence(ActivityEvent activity, EvidenceKind evidence) => evidence switch
    {
        EvidenceKind.ProjectValidated when activity.Approved is null => new("properties.approved", "must be true or false"),
        EvidenceKind.MentoringRated when activity.Rating is not (>= 1 and <= VestingRules.MaxRating) =>
            new("properties.rating", WholeNumber(1, VestingRules.MaxRating)),
        _ => null,
    };

    private static Objection? CheckNamed(ActivityEvent activity, Guid? named, string field) =>
        named is not { } target ? new(field, UuidForm)
        : target == activity.Uuid ? new(field, "must not be the event itself")
        : null;

    private static Objection? First(params ReadOnlySpan<Objection?> objections)
    {
        foreach (var objection in objections)
        {
            if (objection is not null)
            {
                return objection;
            }
        }

        return null;
    }

    private static Objection? Keep(JsonProperty member, ref JsonElement place, string name)
    {
        if (place.ValueKind != JsonValueKind.Undefined)
        {
            return new(name, Twice);
        }

        place = member.Value;
        return null;
    }

    private static Objection? Text(JsonElement element, string field, int maxCharacters, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
        {
            return new(field, $"must be a string and {PlainText.Length(maxCharacters)["must ".Length..]}");
        }

        if (JsonText.TryGet(element) is not { } read)
        {
            return new(field, NotUnicode);
        }

        text = read;
        return PlainText.Broken(read, maxCharacters) is { } rule ? new(field, rule) : null;
    }

    private static Objection? Instant(JsonElement element, out DateTimeOffset at)
    {
        at = default;
        return JsonText.TryGet(element) is { } text && InstantText.TryParse(text, out at)
            ? null
            : new("timestamp", InstantText.Rule);
    }

    private static Objection? Properties(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        not JsonValueKind.Object => new("properties", "must be an object"),
        _ when JsonMarshal.GetRawUtf8Value(element).Length > MaxPropertiesBytes =>
            new("properties", string.Create(CultureInfo.InvariantCulture, $"must have at most {MaxPropertiesBytes} bytes")),
        _ => Nested(element, depth: 1),
    };

    private static Objection? Nested(JsonElement element, int depth)
    {
        if (element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            return IsHalfCharacter(element) ? new("properties", NotUnicode) : null;
        }

        if (depth > MaxPropertiesDepth)
        {
            return new("properties", string.Create(
                CultureInfo.InvariantCulture, $"must be nested at most {MaxPropertiesDepth} deep"));
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in element.EnumerateArray())
            {
                if (Nested(entry, depth + 1) is { } inner)
                {
                    return inner;
                }
            }

            return null;
        }

        // Two readers of one document would each see another value.
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (JsonText.TryGetName(member) is not { } name || !names.Add(name))
            {
                return new("properties", NameTwice);
            }

            if (Nested(member.Value, depth + 1) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }

    // Only what is escaped can be half a surrogate pair: the bytes themselves are UTF-8.
    private static bool IsHalfCharacter(JsonElement element) =>
        element.ValueKind == JsonValueKind.String
        && JsonMarshal.GetRawUtf8Value(element).Contains((byte)'\\')
        && JsonText.TryGet(element) is null;

    private static ActivityEvent WithProperties(ActivityEvent activity, JsonElement properties)
    {
        if (properties.ValueKind != JsonValueKind.Object)
        {
            return activity;
        }

        var unreadable = UnreadableProperties.None;
        var days = Number(properties, "days"u8, UnreadableProperties.Days, ref unreadable);
        var level = Number(properties, "level"u8, UnreadableProperties.Level, ref unreadable);
        var retracts = Uuid(properties, "retracts"u8, UnreadableProperties.Retracts, ref unreadable);
        var referred = Id(properties, "referred"u8, UnreadableProperties.Referred, ref unreadable);
        var read = days is null && level is null && retracts is null && referred is null
            && unreadable == UnreadableProperties.None
                ? activity
                : activity with
                {
                    Days = days,
                    Level = level,
                    Retracts = retracts,
                    Referred = referred,
                    Unreadable = unreadable,
                };
        return ControlEvents.EvidenceOf(activity.Type) is null ? read : WithEvidence(read, properties);
    }

    private static ActivityEvent WithEvidence(ActivityEvent activity, JsonElement properties)
    {
        var unreadable = activity.Unreadable;
        return activity with
        {
            For = Uuid(properties, "for"u8, UnreadableProperties.For, ref unreadable),
            Approved = Boolean(properties, "approved"u8, UnreadableProperties.Approved, ref unreadable),
            Rating = Number(properties, "rating"u8, UnreadableProperties.Rating, ref unreadable),
            Unreadable = unreadable,
        };
    }

    private static int? Number(
        JsonElement properties, ReadOnlySpan<byte> name, UnreadableProperties flag, ref UnreadableProperties unreadable)
    {
        if (Present(properties, name) is not { } element)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value))
        {
            return value;
        }

        unreadable |= flag;
        return null;
    }

    private static Guid? Uuid(
        JsonElement properties, ReadOnlySpan<byte> name, UnreadableProperties flag, ref UnreadableProperties unreadable)
    {
        if (Present(properties, name) is not { } element)
        {
            return null;
        }

        var uuid = TryUuid(element);
        unreadable |= uuid is null ? flag : UnreadableProperties.None;
        return uuid;
    }

    private static bool? Boolean(
        JsonElement properties, ReadOnlySpan<byte> name, UnreadableProperties flag, ref UnreadableProperties unreadable)
    {
        if (Present(properties, name) is not { } element)
        {
            return null;
        }

        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return element.GetBoolean();
        }

        unreadable |= flag;
        return null;
    }

    private static string? Id(
        JsonElement properties, ReadOnlySpan<byte> name, UnreadableProperties flag, ref UnreadableProperties unreadable)
    {
        if (Present(properties, name) is not { } element)
        {
            return null;
        }

        if (JsonText.TryGet(element) is { } text && ParticipantId.IsValid(text))
        {
            return text;
        }

        unreadable |= flag;
        return null;
    }

    // A null says as much as a missing member.
    private static JsonElement? Present(JsonElement properties, ReadOnlySpan<byte> name) =>
        properties.TryGetProperty(name, out var element) && element.ValueKind != JsonValueKind.Null ? element : null;

    private static Guid? TryUuid(JsonElement element)
    {
        // Guid.TryParseExact alone takes blanks around it, and signs within.
        if (JsonText.TryGet(element) is not { Length: 36 } text)
        {
            return null;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
            {
                return null;
            }
        }

        return Guid.ParseExact(text, "D");
    }

    private static string WholeNumber(int least, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"must be a whole number, {least} to {most}");
}
