using System.Text.Json.Nodes;

namespace Stk.Torture.Operations;

/// <summary>An event that was sent, once or more, and all that was answered about it.</summary>
/// <param name="properties">What else it says; never <c>retracts</c>.</param>
internal sealed class EventRecord(
    Guid uuid, string type, string participant, DateTimeOffset at, Guid? retracts, JsonObject? properties = null)
{
    private readonly List<string> _outcomes = [];

    public Guid Uuid => uuid;

    public string Type => type;

    public string Participant => participant;

    public DateTimeOffset At => at;

    public Guid? Retracts => retracts;

    /// <summary>In the order answered.</summary>
    public IReadOnlyList<string> Outcomes
    {
        get
        {
            lock (_outcomes)
            {
                return [.. _outcomes];
            }
        }
    }

    public bool IsAnswered => Outcomes.Count > 0;

    public void Take(string outcome)
    {
        lock (_outcomes)
        {
            _outcomes.Add(outcome);
        }
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["uuid"] = uuid,
            ["event"] = type,
            ["distinct_id"] = participant,
            ["timestamp"] = at.UtcDateTime,
        };
        if (retracts is { } target)
        {
            json["properties"] = new JsonObject { ["retracts"] = target };
        }
        else if (properties is not null)
        {
            json["properties"] = properties.DeepClone();
        }

        return json;
    }
}
