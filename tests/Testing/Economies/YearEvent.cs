using System.Globalization;
using System.Text.Json.Nodes;

namespace Stk.Testing.Economies;

/// <summary>Something of a generated year.</summary>
/// <param name="Key">Whatever tells this event from others: the same key is the same event.</param>
/// <param name="Properties">What it says beside its type; an empty object for nothing.</param>
public sealed record YearEvent(string Key, string Type, string Participant, DateTimeOffset At, JsonObject Properties)
{
    /// <summary>As a source sends it, on one line.</summary>
    public string Line => ToJson().ToJsonString();

    public JsonObject ToJson() => new()
    {
        ["uuid"] = PlannedEvent.IdOf(Key),
        ["event"] = Type,
        ["distinct_id"] = Participant,
        ["timestamp"] = At.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["properties"] = Properties.DeepClone(),
    };
}
