using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stk.Rules.Statements;

namespace Stk.Reports.Statements;

/// <summary>
/// A report as JSON: UTF-8, compact, members in fixed order, amounts and coefficients as strings in their shortest decimal.
/// The same report always gives the same bytes; all that is drawn is known by their hash.
/// </summary>
public static class WeeklyReportJson
{
    private static readonly JsonWriterOptions Compact = new()
    {
        // As in the statement that stands in it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="participantId">The outside id, as it is.</param>
    public static byte[] Write(WeeklyReport report, string participantId)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            json.WriteString("week", report.Statement.Week.ToString());
            json.WriteString("participant", participantId);
            json.WriteNumber("revision", report.Revision);
            json.WritePropertyName("statement");
            // Byte by byte what the statement is where it stands alone.
            json.WriteRawValue(
                StatementJson.WriteShown(report.Statement, participantId, report.Corrections), skipInputValidation: true);
            WriteReasons(json, report.Corrections);
            WriteBefore(json, report.Before);
            json.WriteStartObject("change");
            json.WriteNumber("points", report.Change.Points);
            json.WriteString("reward", report.Change.Reward.ToString());
            if (report.Change.Percent is { } percent)
            {
                json.WriteNumber("percent", percent);
            }
            else
            {
                json.WriteNull("percent");
            }

            json.WriteEndObject();
            json.WriteStartArray("history");
            foreach (var week in report.History)
            {
                json.WriteStartObject();
                json.WriteString("week", week.Week.ToString());
                json.WriteNumber("points", week.Points);
                json.WriteString("reward", week.Reward.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("advice");
            foreach (var advice in report.Advice)
            {
                WriteAdvice(json, advice);
            }

            json.WriteEndArray();
            json.WriteNumber("renderer", Renderer.Number);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteReasons(Utf8JsonWriter json, ImmutableArray<Correction> corrections)
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
            json.WriteString("reason", correction.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBefore(Utf8JsonWriter json, Statement? before)
    {
        if (before is null)
        {
            json.WriteNull("before");
            return;
        }

        json.WriteStartObject("before");
        json.WriteString("week", before.Week.ToString());
        json.WriteNumber("points", before.Points);
        json.WriteString("reward", before.Reward.ToString());
        json.WriteStartArray("activities");
        foreach (var line in before.Activities)
        {
            json.WriteStartObject();
            json.WriteString("type", line.Type);
            json.WriteNumber("vestsDays", line.VestsDays);
            json.WriteNumber("counted", line.Counted);
            json.WriteNumber("points", line.Points);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAdvice(Utf8JsonWriter json, Advice advice)
    {
        json.WriteStartObject();
        switch (advice)
        {
            case Advice.Limit limit:
                json.WriteString("kind", "limit");
                json.WriteString("type", limit.Type);
                json.WriteNumber("unused", limit.Unused);
                json.WriteNumber("points", limit.Points);
                json.WriteString("brings", limit.Worth.ToString());
                break;
            case Advice.LongerStreak streak:
                json.WriteString("kind", "streak");
                json.WriteNumber("weeks", streak.Weeks);
                json.WriteString("coefficient", streak.Coefficient.ToString());
                json.WriteString("brings", streak.Worth.ToString());
                break;
            case Advice.KeptStreak kept:
                json.WriteString("kind", "keep-streak");
                json.WriteNumber("weeks", kept.Weeks);
                json.WriteString("coefficient", kept.Coefficient.ToString());
                json.WriteString("costs", kept.Worth.ToString());
                break;
            case Advice.NextLevel level:
                json.WriteString("kind", "level");
                json.WriteNumber("level", level.Level);
                json.WriteString("coefficient", level.Coefficient.ToString());
                json.WriteString("brings", level.Worth.ToString());
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        json.WriteEndObject();
    }
}
