namespace Stk.Cli.Replay;

/// <summary>The manual clock, as <c>GET admin/clock</c> says it.</summary>
/// <param name="Now">Where it was set to.</param>
/// <param name="Reached">How far what was due has been done; behind <paramref name="Now"/> while it runs.</param>
/// <param name="Doing">What runs, for people; null where nothing does.</param>
/// <param name="Waiting">What is due and blocked, for people.</param>
/// <param name="PausedBecause">Why the schedule waits for an operator.</param>
internal sealed record ClockStatus(
    DateTimeOffset Now, DateTimeOffset Reached, string? Doing, string? Waiting, string? PausedBecause)
{
    /// <summary>For people, in a few words.</summary>
    public string Text => PausedBecause is { } reason ? $"paused: {reason}"
        : Waiting is { } what ? $"waits: {what}"
        : Doing ?? "runs what is due";
}
