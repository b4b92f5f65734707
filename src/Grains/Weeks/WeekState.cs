using Stk.Rules.Runs;

namespace Stk.Grains.Weeks;

/// <summary>What a week's run remembers over its deaths. Under 4 KB; the work itself is in tables.</summary>
[GenerateSerializer, Alias("stk.week-state")]
internal sealed class WeekState
{
    /// <summary>The last stage done; null before the first.</summary>
    [Id(0)]
    public WeekStage? Done { get; set; }

    /// <summary>An operator asked to close the week: no stage waits for its hour.</summary>
    [Id(1)]
    public bool IsForced { get; set; }

    /// <summary>Why the seal does not wait for a required source.</summary>
    [Id(2)]
    public string? OverrideReason { get; set; }

    [Id(3)]
    public string? OverrideBy { get; set; }
}
