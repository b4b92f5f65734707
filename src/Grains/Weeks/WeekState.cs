using System.Text.Json.Serialization;

namespace Stk.Grains.Weeks;

/// <summary>What an operator has asked of a week's run. How far it has come stands in <c>weeks.runs</c>.</summary>
[GenerateSerializer, Alias("stk.week-state")]
internal sealed class WeekState : IStoredState
{
    /// <summary>An operator asked to close the week: no stage waits for its hour.</summary>
    [Id(1), JsonPropertyName("IsForced")]
    public bool IsForced { get; set; }

    /// <summary>Why the seal does not wait for a required source.</summary>
    [Id(2), JsonPropertyName("OverrideReason")]
    public string? OverrideReason { get; set; }

    /// <summary>The operator who gave the reason.</summary>
    [Id(3), JsonPropertyName("OverrideBy")]
    public string? OverrideBy { get; set; }

    /// <inheritdoc/>
    [Id(4), JsonIgnore]
    public string? OfOtherBuilds { get; set; }
}
