using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Reports.Statements;

/// <summary>
/// The document form of a statement: UTF-8, compact, members in fixed order, amounts and coefficients as strings in their
/// shortest decimal. The same statement always gives the same bytes.
/// </summary>
public static class StatementJson
{
    private static readonly JsonWriterOptions Compact = new()
    {
        // Ids and types as they are, and no dependence on which scripts an encoder's default allows.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>As stored: <c>participant</c> is the number.</summary>
    public static byte[] WriteStored(Statement statement) => Write(statement, shownId: null, []);

    /// <summary>As shown: <c>participant</c> is the outside id.</summary>
    public static byte[] WriteShown(Statement statement, string participantId) => Write(statement, participantId, []);

    /// <summary>A revision as shown: all that the first one had, and behind it what has corrected it.</summary>
    /// <param name="corrections">In the order of their revisions; none for the first.</param>
    public static byte[] WriteShown(
        Statement statement, string participantId, ImmutableArray<Correction> corrections) =>
        Write(statement, participantId, corrections);

    /// <summary>A stored statement as it is shown.</summary>
    public static byte[] Show(ReadOnlySpan<byte> stored, string participantId) =>
        WriteShown(ReadStored(stored), participantId);

    /// <summary>Reads what <see cref="WriteStored"/> has written.</summary>
    /// <exception cref="InvalidDataException">It is no statement: the stored document was altered.</exception>
    public static Statement ReadStored(ReadOnlySpan<byte> stored)
    {
        try
        {
            var reader = new Utf8JsonReader(stored);
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement);
        }
        catch (Exception altered) when (altered is JsonException or KeyNotFoundException or FormatException
            or InvalidOperationException)
        {
            throw new InvalidDataException("stored statement: not as it was written", altered);
        }
    }

    private static byte[] Write(Statement statement, string? shownId, ImmutableArray<Correction> corrections)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            json.WriteString("week", statement.Week.ToString());
            if (shownId is null)
            {
                json.WriteNumber("participant", statement.Participant);
            }
            else
            {
                json.WriteString("participant", shownId);
            }

            json.WriteNumber("level", statement.Level);
            json.WriteString("qualification", statement.Qualification.ToString());
            json.WriteNumber("streak", statement.Streak);
            json.WriteString("consistency", statement.Consistency.ToString());
            json.WriteString("reserved", statement.Reserved.ToString());
            json.WriteString("total", statement.Total.ToString());
            json.WriteNumber("rules", statement.Rules);
            json.WriteStartArray("activities");
            foreach (var line in statement.Activities)
            {
                json.WriteStartObject();
                json.WriteString("type", line.Type);
                json.WriteNumber("received", line.Received);
                json.WriteNumber("counted", line.Counted);
                json.WriteNumber("overLimit", line.OverLimit);
                json.WriteNumber("weight", line.Weight);
                json.WriteNumber("points", line.Points);
                json.WriteString("reward", line.Reward.ToString());
                json.WriteNumber("vestsDays", line.VestsDays);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("points", statement.Points);
            json.WriteString("reward", statement.Reward.ToString());
            json.WriteString("available", statement.Available.ToString());
            json.WriteString("frozen", statement.Frozen.ToString());
            WriteCorrections(json, corrections);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteCorrections(Utf8JsonWriter json, ImmutableArray<Correction> corrections)
    {
        if (corrections.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("corrections");
        foreach (var correction in corrections)
        {
            json.WriteStartObject();
            json.WriteNumber("revision", correction.Revision);
            json.WriteString("amount", correction.Amount.ToString());
            json.WriteString("at", correction.At);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static Statement Read(JsonElement root) => new(
        Week(root.GetProperty("week")),
        root.GetProperty("participant").GetInt64(),
        root.GetProperty("level").GetInt32(),
        Factor(root.GetProperty("qualification")),
        root.GetProperty("streak").GetInt32(),
        Factor(root.GetProperty("consistency")),
        Money(root.GetProperty("reserved")),
        Money(root.GetProperty("total")),
        root.GetProperty("rules").GetInt32(),
        Lines(root.GetProperty("activities")),
        root.GetProperty("points").GetInt64(),
        Money(root.GetProperty("reward")),
        Money(root.GetProperty("available")),
        Money(root.GetProperty("frozen")));

    private static ImmutableArray<StatementLine> Lines(JsonElement activities) =>
    [
        .. activities.EnumerateArray().Select(line => new StatementLine(
            line.GetProperty("type").GetString() ?? throw new FormatException("no type"),
            line.GetProperty("received").GetInt32(),
            line.GetProperty("counted").GetInt32(),
            line.GetProperty("overLimit").GetInt32(),
            line.GetProperty("weight").GetInt32(),
            line.GetProperty("points").GetInt64(),
            Money(line.GetProperty("reward")),
            line.GetProperty("vestsDays").GetInt32())),
    ];

    private static WeekId Week(JsonElement element) =>
        WeekId.TryParse(element.GetString(), out var week) ? week : throw new FormatException("no week");

    private static Coefficient Factor(JsonElement element) =>
        Coefficient.TryParse(element.GetString(), out var factor) ? factor : throw new FormatException("no coefficient");

    private static Amount Money(JsonElement element) =>
        Amount.TryParse(element.GetString(), out var amount) ? amount : throw new FormatException("no amount");
}
