using System.Collections.Immutable;
using Stk.ApiHost.OpenApi;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Sources;

/// <summary>Sources and their watermarks. What the topic brings beside its endpoints.</summary>
internal static class SourceTopic
{
    private static readonly SourceView Club = new(
        "club", Sample.At, Required: true, "discourse", "https://club.example", null, "club",
        ["ClubCommentCreated", "ClubPostCreated"], ["events"], MayLevel: false, MayRegister: true, HeldAfterHours: null,
        BudgetPerDay: 100_000, new(300, 24, 60, Sample.At, 60), ImmutableSortedDictionary<string, string>.Empty, [7],
        Active: true, "failing", Held: 2, Quarantined: 3, PointsToday: 41_300, LastEventAt: Sample.At, LastPullAt: Sample.At,
        "http-500", Differences: 1);

    private static readonly BackfillItem Past = new(
        Sample.Transaction, "waiting", Sample.At.AddDays(-30), Sample.At, Sample.At.AddDays(-12), 41_300, "the club was away",
        "olga", Sample.At, null);

    private static readonly WeekCheckItem Checked = new(
        Sample.Transaction, WeekId.Of(Sample.At), "done", 3, 1, 3, Sample.At, null, null, Sample.At);

    public static Topic Topic => new(SourceJson.Default, SharedTags.Operation)
    {
        Problems = SourceProblems.All,
        Examples =
        [
            Club,
            new SourcesView([Club]),
            Sample.Page(new QuarantineItem(
                Sample.Transaction, Sample.Sent, "held", null, null, Sample.At,
                """{"uuid":"0190c2f0-0000-7000-8000-000000000001","event":"ExerciseSave"}""")),
            new QuarantineBody("the club was away", [Sample.Transaction]),
            new ReplayedView([new(Sample.Transaction, "counted", null, null)], 1),
            new DroppedView(1),
            new VoidsView(
            [
                new(
                    Sample.Transaction, Sample.At, Sample.At.AddHours(2), ["ExerciseSave"], "a stolen key", "olga", "oleg",
                    Sample.At.AddHours(3), null, null),
            ]),
            new VoidBody(Sample.At, Sample.At.AddHours(2), "a stolen key", ["ExerciseSave"]),
            Past,
            new BackfillsView([Past]),
            new BackfillBody(Sample.At.AddDays(-30), Sample.At, "the club was away"),
            Checked,
            new WeekChecksView([Checked]),
            new ReconcileBody(WeekId.Of(Sample.At)),
            new PullNowBody("a post is missing"),
            new PullAskedView("club"),
            new SourceBody(
                Required: true, Kind: "posthog", Address: "https://posthog.example", Project: 3,
                Types: ["PageView", "SectionCompleted"], MayRegister: true,
                Map: ImmutableSortedDictionary<string, string>.Empty.Add("$pageview", "PageView")),
        ],
    };
}
