using System.Text.Json.Serialization;

namespace Stk.Cli.Replay;

/// <summary>Events by what the API answered. Unit: events.</summary>
internal sealed record Outcomes
{
    public static readonly Outcomes None = new();

    public long Counted { get; init; }

    public long OverLimit { get; init; }

    public long Late { get; init; }

    public long Ignored { get; init; }

    public long Applied { get; init; }

    public long Duplicate { get; init; }

    public long Rejected { get; init; }

    /// <summary>Too old for its source, and kept beside until an operator lets them in.</summary>
    public long Held { get; init; }

    /// <summary>Those that the service keeps: all but duplicates, rejected and held ones.</summary>
    [JsonIgnore]
    public long Stored => Counted + OverLimit + Late + Ignored + Applied;

    /// <exception cref="InvalidDataException">The API has an outcome that this program does not know.</exception>
    public Outcomes With(string outcome) => outcome switch
    {
        "counted" => this with { Counted = Counted + 1 },
        "over_limit" => this with { OverLimit = OverLimit + 1 },
        "late" => this with { Late = Late + 1 },
        "ignored" => this with { Ignored = Ignored + 1 },
        "applied" => this with { Applied = Applied + 1 },
        "duplicate" => this with { Duplicate = Duplicate + 1 },
        "rejected" => this with { Rejected = Rejected + 1 },
        "held" => this with { Held = Held + 1 },
        _ => throw new InvalidDataException($"The API answered the outcome '{outcome}', which this program does not know."),
    };
}
