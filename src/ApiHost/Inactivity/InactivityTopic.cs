using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Inactivity;

/// <summary>Redistribution from the inactive. What the topic brings beside its endpoints.</summary>
internal static class InactivityTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Redistribution";

    private static readonly DateTimeOffset RunsAt = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly FirstDay = new(2026, 1, 1);
    private static readonly Amount Sum = new(61_728_394);

    private static readonly AppealItem Appeal = new(
        Sample.Sent, "ann", "2026-Q1", "I was ill", Sum, Sample.At, "open", null, null, null, null);

    public static Topic Topic => new(
        InactivityJson.Default, new(Tag, "What inactivity costs, what prevents it, appeals, and how it comes back."))
    {
        Problems = InactivityProblems.All,
        Examples =
        [
            new RedistributionView(
                new(
                    "2026-Q1", FirstDay, RunsAt, new(2025, 10, 3), 90, 500, Sum, "charged",
                    "any activity that counts, on a day before 2026-01-05", [new(2025, 12, 2, 8, 0, 0, TimeSpan.Zero)], null, null),
                [
                    new(
                        "2025-Q4", new(2025, 10, 6, 7, 0, 0, TimeSpan.Zero), Amount.OfStk(5), Sample.Transaction,
                        new(2025, 11, 5), "rejected", null,
                        new(Amount.OfStk(5), WeekId.OfNumber(202544), WeekId.OfNumber(202614), 4, 1, null),
                        "There were events of others alone"),
                ]),
            new QuarterView(
                "2026-Q1", FirstDay, RunsAt, "done", 1, 2, Sum, [new(500, 2, Sum)],
                [new("charged", 1, Sum), new("on_leave", 1, Amount.Zero)]),
            new AppealBody("I was ill"),
            new AppealReceipt(Sample.Sent, "2026-Q1", Sum, Sample.At),
            new AppealDecisionBody(true, "The certificate is there"),
            Appeal,
            Sample.Page(Appeal),
        ],
    };
}
