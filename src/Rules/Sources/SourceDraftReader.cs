using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Time;

namespace Stk.Rules.Sources;

/// <summary>
/// Reads the members of settings, as an operator sends them and as they are stored. It sees to their forms;
/// <see cref="SourceSettingsRules"/> says what they may be.
/// </summary>
public static class SourceDraftReader
{
    private static readonly ImmutableArray<string> PullMembers =
        ["everySeconds", "overlapHours", "settleMinutes", "from", "requestsPerMinute"];

    /// <summary>The members of settings, in the order in which they are written.</summary>
    public static ImmutableArray<string> Members { get; } =
    [
        "kind", "address", "project", "namespace", "types", "duties", "mayLevel", "mayRegister", "heldAfterHours",
        "budgetPerDay", "pull", "map", "leaveOutCategories", "active",
    ];

    /// <summary>What an object says; a null says as much as a missing member.</summary>
    /// <param name="wrong">What is wrong with the forms is added; then the draft is not to be used.</param>
    public static SourceDraft Read(JsonElement from, ImmutableArray<Objection>.Builder wrong) => new()
    {
        Kind = Text(from, "kind", "kind", wrong),
        Address = Text(from, "address", "address", wrong),
        Project = Whole(from, "project", "project", wrong),
        Namespace = Text(from, "namespace", "namespace", wrong),
        Types = Texts(from, "types", wrong),
        Duties = Texts(from, "duties", wrong),
        MayLevel = Flag(from, "mayLevel", wrong),
        MayRegister = Flag(from, "mayRegister", wrong),
        HeldAfterHours = Int(from, "heldAfterHours", "heldAfterHours", wrong),
        BudgetPerDay = Whole(from, "budgetPerDay", "budgetPerDay", wrong),
        Pull = Pull(from, wrong),
        Map = Map(from, wrong),
        LeaveOutCategories = Wholes(from, "leaveOutCategories", wrong),
        Active = Flag(from, "active", wrong),
    };

    private static PullDraft? Pull(JsonElement from, ImmutableArray<Objection>.Builder wrong)
    {
        if (Member(from, "pull") is not { } pull)
        {
            return null;
        }

        if (pull.ValueKind != JsonValueKind.Object
            || pull.EnumerateObject().Any(member => !PullMembers.Contains(member.Name)))
        {
            wrong.Add(new(
                "pull",
                "must be an object of everySeconds, overlapHours, settleMinutes, from and requestsPerMinute, or null"));
            return null;
        }

        DateTimeOffset? at = null;
        if (Text(pull, "from", "pull.from", wrong) is { } text)
        {
            if (InstantText.TryParse(text, out var read))
            {
                at = read;
            }
            else
            {
                wrong.Add(new("pull.from", "must be a time with an offset or Z"));
            }
        }

        return new(
            Int(pull, "everySeconds", "pull.everySeconds", wrong), Int(pull, "overlapHours", "pull.overlapHours", wrong),
            Int(pull, "settleMinutes", "pull.settleMinutes", wrong), at,
            Int(pull, "requestsPerMinute", "pull.requestsPerMinute", wrong));
    }

    private static ImmutableDictionary<string, string?>? Map(JsonElement from, ImmutableArray<Objection>.Builder wrong)
    {
        if (Member(from, "map") is not { } map)
        {
            return null;
        }

        if (map.ValueKind != JsonValueKind.Object
            || map.EnumerateObject().Any(entry => entry.Value.ValueKind != JsonValueKind.String))
        {
            wrong.Add(new("map", "must be an object of names and types, or null"));
            return null;
        }

        return map.EnumerateObject().ToImmutableDictionary(
            entry => entry.Name, entry => entry.Value.GetString(), StringComparer.Ordinal);
    }

    private static ImmutableArray<string?>? Texts(JsonElement from, string name, ImmutableArray<Objection>.Builder wrong)
    {
        if (Member(from, name) is not { } list)
        {
            return null;
        }

        if (list.ValueKind != JsonValueKind.Array
            || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            wrong.Add(new(name, "must be an array of strings, or null"));
            return null;
        }

        return [.. list.EnumerateArray().Select(item => item.GetString())];
    }

    private static ImmutableArray<long>? Wholes(JsonElement from, string name, ImmutableArray<Objection>.Builder wrong)
    {
        if (Member(from, name) is not { } list)
        {
            return null;
        }

        if (list.ValueKind != JsonValueKind.Array
            || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out _)))
        {
            wrong.Add(new(name, "must be an array of whole numbers, or null"));
            return null;
        }

        return [.. list.EnumerateArray().Select(item => item.GetInt64())];
    }

    private static string? Text(JsonElement from, string name, string field, ImmutableArray<Objection>.Builder wrong)
    {
        switch (Member(from, name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.String } member:
                return member.GetString();
            default:
                wrong.Add(new(field, "must be a string, or null"));
                return null;
        }
    }

    private static bool? Flag(JsonElement from, string name, ImmutableArray<Objection>.Builder wrong)
    {
        switch (Member(from, name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.False }:
                return false;
            default:
                wrong.Add(new(name, "must be true or false"));
                return null;
        }
    }

    private static int? Int(JsonElement from, string name, string field, ImmutableArray<Objection>.Builder wrong)
    {
        if (Whole(from, name, field, wrong) is not { } value)
        {
            return null;
        }

        // Beyond any limit of ours: the rule that names the limit refuses it.
        return (int)Math.Clamp(value, int.MinValue, int.MaxValue);
    }

    private static long? Whole(JsonElement from, string name, string field, ImmutableArray<Objection>.Builder wrong)
    {
        switch (Member(from, name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.Number } member when member.TryGetInt64(out var value):
                return value;
            default:
                wrong.Add(new(field, "must be a whole number, or null"));
                return null;
        }
    }

    private static JsonElement? Member(JsonElement from, string name) =>
        from.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
