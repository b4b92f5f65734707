using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Rewards;

/// <summary>What weeks gave, limits and streaks. What the topic brings beside its endpoints.</summary>
internal static class RewardTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Rewards";

    public static Topic Topic => new(RewardJson.Default, new(Tag, "What weeks of activity gave, and where the week stands."))
    {
        Examples =
        [
            Sample.Page(new RewardItem(
                Sample.Week, 3, 4, 960, Amount.OfStk(1_584), Amount.OfStk(1_584), Amount.Zero, Settled: true)),
            new StatementView(
                Sample.Week, "ann", 3, "1.5", 4, "1.1", Amount.OfStk(9_000), Amount.OfStk(9_000), 1,
                [
                    new("ExerciseSave", 12, 9, 3, 100, 900, Amount.OfStk(1_485), 0),
                    new("SectionCompleted", 1, 1, 0, 60, 60, Amount.OfStk(99), 0),
                ],
                960, Amount.OfStk(1_584), Amount.OfStk(1_584), Amount.Zero),
            new LimitsView(
                new(2025, 12, 18), Sample.Week, [new("ExerciseSave", 100, 5, 7, 5, 0)], 500, 960, Amount.OfStk(1_584)),
            new StreakView(Sample.Week, 4, ThisWeekActive: true, "1.1", "1.2"),
        ],
    };
}
