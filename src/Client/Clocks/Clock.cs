namespace Stk.Client.Clocks;

/// <summary>The economy's clock, and how far due work has followed it.</summary>
/// <param name="Reached">Everything due up to here has been run; behind <paramref name="Now"/> while it runs.</param>
/// <param name="Doing">What runs, for people; null where nothing does.</param>
/// <param name="Waiting">What is due and blocked, for people.</param>
/// <param name="PausedBecause">Why the schedule waits for an operator.</param>
public sealed record Clock(
    DateTimeOffset Now, DateTimeOffset Reached, string? Doing = null, bool Manual = false, bool Standing = false,
    string? Waiting = null, string? PausedBecause = null, DateTimeOffset? Genesis = null)
{
    /// <summary>For people, in a few words.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Text => PausedBecause is { } reason ? $"paused: {reason}"
        : Waiting is { } what ? $"waits: {what}"
        : Doing ?? "runs what is due";
}
