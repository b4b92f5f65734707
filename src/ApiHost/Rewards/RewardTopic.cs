using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Rewards;

/// <summary>What weeks gave, limits and streaks. What the topic brings beside its endpoints.</summary>
internal static class RewardTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Rewards";

    private static StatementView Statement => new(
        Sample.Week, "ann", 3, "1.5", 4, "1.1", Amount.OfStk(9_000), Amount.OfStk(9_000), 1,
        [
            new("ExerciseSave", 12, 9, 3, 100, 900, Amount.OfStk(1_485), 0),
            new("SectionCompleted", 1, 1, 0, 60, 60, Amount.OfStk(99), 0),
        ],
        960, Amount.OfStk(1_584), Amount.OfStk(1_584), Amount.Zero);

    // It proves its statement: docs/verify-statement.py says so.
    private static StatementProofView Proof => new(
        Statement, "000102030405060708090a0b0c0d0e0f",
        [new("right", "5411df9856ab6fd0b2c99fc6cfeaa83b1cdee92664622394563bcc7c22c4cd28")],
        "7b70940cdb54aa0ed4acdf61dcf78b537b6a470691e52cf4cea612b66ce86949", Signature: null, Slot: null);

    private static WeeklyReportView Report => new(
        Sample.Week, "ann", 1, Statement,
        new(
            Sample.Week.Previous, 640, Amount.OfStk(1_008),
            [new("ExerciseSave", 0, 6, 600), new("ClubLikeGiven", 0, 4, 40)]),
        new(320, Amount.OfStk(576), 57),
        [new(Sample.Week.Previous, 640, Amount.OfStk(1_008)), new(Sample.Week, 960, Amount.OfStk(1_584))],
        [
            new("limit", Type: "ExerciseSave", Unused: 2, Points: 200, Brings: Amount.OfStk(330)),
            new("level", Level: 4, Coefficient: "1.8", Brings: new(316_800_000)),
            new("streak", Weeks: 5, Coefficient: "1.2", Brings: Amount.OfStk(144)),
        ],
        1);

    public static Topic Topic => new(RewardJson.Default, new(Tag, "What weeks of activity gave, and where the week stands."))
    {
        Examples =
        [
            Sample.Page(new RewardItem(
                Sample.Week, 3, 4, 960, Amount.OfStk(1_584), Amount.OfStk(1_584), Amount.Zero, Settled: true,
                Amount.Zero)),
            Statement,
            Report,
            Proof,
            new LimitsView(
                new(2025, 12, 18), Sample.Week, [new("ExerciseSave", 100, 5, 7, 5, 0)], 500, 960, Amount.OfStk(1_584)),
            new StreakView(Sample.Week, 4, ThisWeekActive: true, "1.1", "1.2"),
        ],
    };
}
