using System.Text.Json.Serialization;

namespace Stk.Grains.Schedules;

/// <summary>Whether the schedule may go on. How far it has come stands in <c>weeks.runs</c>.</summary>
[GenerateSerializer, Alias("stk.schedule-state")]
internal sealed class ScheduleState : IStoredState
{
    /// <summary>Why the schedule waits for an operator; null where it does not. Outlives the silo that found it.</summary>
    [Id(1), JsonPropertyName("PausedBecause")]
    public string? PausedBecause { get; set; }

    /// <summary>The operator who last ended a pause; null where nobody has.</summary>
    [Id(2), JsonPropertyName("ResumedBy")]
    public string? ResumedBy { get; set; }

    /// <summary>Their reason, which is in no log.</summary>
    [Id(3), JsonPropertyName("ResumedBecause")]
    public string? ResumedBecause { get; set; }

    /// <inheritdoc/>
    [Id(4), JsonIgnore]
    public string? OfOtherBuilds { get; set; }

    /// <summary>
    /// When the schedule paused: which pause it is. Null where an earlier build wrote it, or nothing is paused.
    /// </summary>
    [Id(5), JsonPropertyName("PausedAt")]
    public DateTimeOffset? PausedAt { get; set; }
}
