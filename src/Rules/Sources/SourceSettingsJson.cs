using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stk.Rules.Objections;

namespace Stk.Rules.Sources;

/// <summary>The document form of a source's settings. The same settings always give the same text.</summary>
public static class SourceSettingsJson
{
    // Nobody puts the document into HTML unescaped.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Compact, every member, those that say nothing as null, lists and the map in order.</summary>
    public static string Write(SourceSettings settings)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            json.WriteString("kind", settings.Kind.WireName());
            json.WriteString("address", settings.Address);
            Number(json, "project", settings.Project);
            json.WriteString("namespace", settings.Namespace);
            Texts(json, "types", settings.Types?.Order(StringComparer.Ordinal));
            Texts(json, "duties", SourceDutyNames.WireNames(settings.Duties));
            json.WriteBoolean("mayLevel", settings.MayLevel);
            json.WriteBoolean("mayRegister", settings.MayRegister);
            Number(json, "heldAfterHours", settings.HeldAfter is { } age ? (long)age.TotalHours : null);
            Number(json, "budgetPerDay", settings.BudgetPerDay);
            Pull(json, settings.Pull);
            json.WriteStartObject("map");
            foreach (var (name, type) in settings.Map.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, type);
            }

            json.WriteEndObject();
            json.WriteStartArray("leaveOutCategories");
            foreach (var category in settings.LeaveOutCategories.Order())
            {
                json.WriteNumberValue(category);
            }

            json.WriteEndArray();
            json.WriteBoolean("active", settings.IsActive);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>Settings as <see cref="Write"/> gives them.</summary>
    /// <exception cref="InvalidDataException">They are none, or none of a source of this name.</exception>
    public static SourceSettings Read(string name, string text)
    {
        var wrong = ImmutableArray.CreateBuilder<Objection>();
        SourceDraft draft;
        try
        {
            using var document = JsonDocument.Parse(text);
            draft = SourceDraftReader.Read(document.RootElement, wrong);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("the settings of a source are no JSON object", exception);
        }

        return wrong.Count == 0 && SourceSettingsRules.Check(name, draft) is SettingsVerdict.Valid { Settings: var settings }
            ? settings
            : throw new InvalidDataException("the settings of a source break a rule");
    }

    private static void Pull(Utf8JsonWriter json, PullSettings? pull)
    {
        if (pull is null)
        {
            json.WriteNull("pull");
            return;
        }

        json.WriteStartObject("pull");
        json.WriteNumber("everySeconds", (long)pull.Every.TotalSeconds);
        json.WriteNumber("overlapHours", (long)pull.Overlap.TotalHours);
        json.WriteNumber("settleMinutes", (long)pull.Settle.TotalMinutes);
        json.WriteString("from", pull.From.UtcDateTime);
        json.WriteNumber("requestsPerMinute", pull.RequestsPerMinute);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string>? texts)
    {
        if (texts is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
