using System.ComponentModel.DataAnnotations;

namespace Stk.Grains.Activity;

/// <summary>How activity is taken in. Section <c>Stk:Intake</c>.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Stk:Intake";

    /// <summary>Whether an unknown <c>distinct_id</c> becomes a participant of level 1.</summary>
    public bool AutoRegistration { get; set; } = true;

    /// <summary>Most events in one commit. Unit: events.</summary>
    [Range(1, 20_000)]
    public int CommitMax { get; set; } = 2_000;

    /// <summary>Most participants' parts of requests that may wait on this silo; past it the answer is busy.</summary>
    [Range(1, 1_000_000)]
    public int WaitingMax { get; set; } = 20_000;

    /// <summary>
    /// Longest wait for a commit to begin: less than a caller's patience, who hears why then. Unit: seconds.
    /// </summary>
    [Range(1, 60)]
    public int WaitSeconds { get; set; } = 8;
}
