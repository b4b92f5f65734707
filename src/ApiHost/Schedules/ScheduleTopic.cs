using Stk.ApiHost.OpenApi;
using Stk.Rules.Runs;

namespace Stk.ApiHost.Schedules;

/// <summary>Due work. What the topic brings beside its endpoints.</summary>
internal static class ScheduleTopic
{
    private static readonly DateTimeOffset Midnight = new(2025, 12, 18, 0, 0, 0, TimeSpan.Zero);
    private static readonly ComingItem Coming = new(DueKinds.InactivityRun, "2026-Q1", new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero));

    public static Topic Topic => new(ScheduleJson.Default, SharedTags.Operation)
    {
        Problems = ScheduleProblems.All,
        Examples =
        [
            new ScheduleView(
                Sample.At, Paused: false, null,
                [
                    new(
                        DueKinds.Emission, "2025-12-18", Midnight, Midnight.AddSeconds(1), Midnight.AddSeconds(1), 12, 1, "done",
                        null),
                ],
                [Coming], null),
            Coming,
            new RunWorkBody(DueKinds.WeekSettle, "2025-W51"),
            new SkipWorkBody(DueKinds.InactivityRun, "2026-Q1", "The community was at rest, and voted so"),
        ],
    };
}
