using Stk.GrainInterfaces.Schedules;

namespace Stk.ApiHost.Clocks;

/// <summary>The economy's clock, and how far due work has followed it.</summary>
/// <param name="Reached">Everything due up to here has been run; equals now when all has.</param>
/// <param name="Doing">What runs now, in words.</param>
/// <param name="Manual">False where it is the host's.</param>
/// <param name="Standing">True from the first setting of a manual clock on.</param>
/// <param name="Waiting">What is due but blocked, in words.</param>
/// <param name="PausedBecause">Why the schedule waits for an operator.</param>
internal sealed record ClockView(
    DateTimeOffset Now, DateTimeOffset Reached, string? Doing, bool Manual, bool Standing, string? Waiting,
    string? PausedBecause, DateTimeOffset? Genesis)
{
    public static ClockView Of(ClockStatus clock) => new(
        clock.Now, clock.Reached, clock.Doing, clock.IsManual, clock.IsStanding, clock.Waiting, clock.PausedBecause,
        clock.Genesis);
}

/// <param name="Now">Where the clock is to stand. Everything due on the way runs.</param>
/// <param name="Force">True where more than a year ahead is meant, in an economy where something has happened.</param>
internal sealed record ClockBody(DateTimeOffset Now, bool? Force = null);

/// <param name="Reason">Why the clock can be trusted again, for the record: 1 to 280 characters.</param>
internal sealed record ResumeBody(string Reason);
