using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Spending;

namespace Stk.Rules.RuleBooks;

/// <content>The sections of what time brings, and what silence says.</content>
public static partial class RuleBookJson
{
    /// <summary>
    /// A document with the sections in which it is silent spelled out: for people, who would else have to know what
    /// silence means. Read and written again it is as before. What is no object stays as it is.
    /// </summary>
    /// <returns>UTF-8: the document's own members first, in their order.</returns>
    public static byte[] SpelledOut(JsonElement document)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            if (document.ValueKind != JsonValueKind.Object)
            {
                document.WriteTo(json);
            }
            else
            {
                json.WriteStartObject();
                foreach (var member in document.EnumerateObject())
                {
                    member.WriteTo(json);
                }

                WriteSilence(json, RuleBookSections.Of(document));
                json.WriteEndObject();
            }
        }

        return bytes.WrittenSpan.ToArray();
    }

    // No bounds are no numbers: there is nothing to spell out.
    private static void WriteSilence(Utf8JsonWriter json, ImmutableArray<string> said)
    {
        if (!said.Contains("spending", StringComparer.Ordinal))
        {
            WriteSpending(json, SpendingRules.Default);
        }

        if (!said.Contains("vesting", StringComparer.Ordinal))
        {
            WriteVesting(json, VestingRules.Default);
        }

        if (!said.Contains("inactivity", StringComparer.Ordinal))
        {
            WriteInactivity(json, InactivityRules.Default);
        }

        if (!said.Contains("settlement", StringComparer.Ordinal))
        {
            WriteSettlement(json, SettlementRules.Default);
        }
    }

    // A version that was stored before evidence had its names may give them a weight, and goes on.
    private static ImmutableArray<Objection> NamesOfEvidence(ImmutableArray<ActivityRule> activities) =>
    [
        .. activities.Index()
            .Where(entry => ControlEvents.EvidenceOf(entry.Item.Type) is not null)
            .Select(entry => new Objection($"activities[{entry.Index}].type", "must not be the name of evidence")),
    ];

    private static void WriteVesting(Utf8JsonWriter json, VestingRules vesting)
    {
        json.WriteStartObject("vesting");
        json.WriteStartArray("conditions");
        foreach (var condition in vesting.Conditions)
        {
            json.WriteStartObject();
            json.WriteString("type", condition.Type);
            json.WriteString("evidence", condition.Evidence.WireName());
            json.WriteNumber("waitDays", condition.WaitDays);
            if (condition.Silence is { } silence)
            {
                json.WriteString("silence", silence.WireName());
            }

            if (condition.Least is { } least)
            {
                json.WriteNumber("least", least);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Conditions are said all together or not at all. Of one condition each member but the first two may be left out.
    private static VestingRules ReadVesting(JsonElement element, ObjectionList objections)
    {
        var members = Members.Of(element, "vesting", objections, ["conditions"]);
        return members.Has("conditions")
            ? new(members.List("conditions", (entry, path) => ReadCondition(entry, path, objections)))
            : VestingRules.Default;
    }

    private static VestingCondition ReadCondition(JsonElement element, string path, ObjectionList objections)
    {
        var members = Members.Of(element, path, objections, ["type", "evidence", "waitDays", "silence", "least"]);
        var type = members.Text("type");
        var kind = EvidenceKinds.OfWireName(members.Text("evidence"));
        var silent = kind is { } known
            ? VestingCondition.Of(type, known)
            : new VestingCondition(type, default, WaitDays: 0, Silence: null, Least: null);
        return silent with
        {
            WaitDays = members.Has("waitDays") ? members.Int("waitDays") : silent.WaitDays,
            // A word that is no verdict is objected to by the rules.
            Silence = members.Has("silence") ? Verdicts.OfWireName(members.Text("silence")) ?? default(Verdict) : silent.Silence,
            Least = members.Has("least") ? members.Int("least") : silent.Least,
        };
    }

    private static void WriteInactivity(Utf8JsonWriter json, InactivityRules inactivity)
    {
        json.WriteStartObject("inactivity");
        json.WriteStartArray("rates");
        foreach (var rate in inactivity.Rates)
        {
            json.WriteStartObject();
            json.WriteNumber("fromDays", rate.FromDays);
            json.WriteNumber("rateBp", rate.RateBp);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("warningDays");
        foreach (var days in inactivity.WarningDays)
        {
            json.WriteNumberValue(days);
        }

        json.WriteEndArray();
        json.WriteStartObject("restoration");
        json.WriteNumber("shareBp", inactivity.Restoration.ShareBp);
        json.WriteNumber("weeks", inactivity.Restoration.Weeks);
        json.WriteNumber("spanWeeks", inactivity.Restoration.SpanWeeks);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Each member may be left out: it is the default then.
    private static InactivityRules ReadInactivity(JsonElement element, ObjectionList objections)
    {
        var members = Members.Of(element, "inactivity", objections, ["rates", "warningDays", "restoration"]);
        var silent = InactivityRules.Default;
        return new(
            members.Has("rates")
                ? members.List("rates", (entry, path) => ReadRate(entry, path, objections))
                : silent.Rates,
            members.Has("warningDays")
                ? members.List("warningDays", (entry, path) => Members.Int(entry, path, objections))
                : silent.WarningDays,
            members.Has("restoration")
                ? ReadRestoration(members.Value("restoration"), silent.Restoration, objections)
                : silent.Restoration);
    }

    private static InactivityRate ReadRate(JsonElement element, string path, ObjectionList objections)
    {
        var members = Members.Of(element, path, objections, ["fromDays", "rateBp"]);
        return new(members.Int("fromDays"), members.Int("rateBp"));
    }

    private static RestorationRules ReadRestoration(
        JsonElement element, RestorationRules silent, ObjectionList objections)
    {
        var members = Members.Of(
            element, "inactivity.restoration", objections, ["shareBp", "weeks", "spanWeeks"]);
        return new(
            members.Has("shareBp") ? members.Int("shareBp") : silent.ShareBp,
            members.Has("weeks") ? members.Int("weeks") : silent.Weeks,
            members.Has("spanWeeks") ? members.Int("spanWeeks") : silent.SpanWeeks);
    }
}
