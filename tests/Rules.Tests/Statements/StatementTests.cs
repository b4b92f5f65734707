using CsCheck;
using Stk.Rules.Money;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Statements;

public class StatementTests
{
    private static readonly RuleBook Book = RuleBook.FromTheSource;
    private static readonly WeekId Week = Parsed.Week("2025-W51");

    // The source's example: what it lists fits into the limits of a single day.
    private static readonly SealedParticipant Example = Participant(level: 3, streakBefore: 3,
        Row("ClubCommentCreated", 0, 2),
        Row("SectionCompleted", 0, 5),
        Row("ExerciseSave", 0, 3),
        Row("ClubPostCreated", 0, 1),
        Row("ClubLikeGiven", 0, 5),
        Row("ClubLikeReceived", 0, 3));

    private static readonly Gen<SealedParticipant> Sealed =
        Gen.Select(
            Gen.Select(Gen.Int[0, Book.Activities.Length - 1], Gen.Int[0, 6], Gen.Int[1, 12]).Array[1, 20],
            Gen.Int[1, 8],
            Gen.Int[0, 10]).Select((rows, level, streak) => Participant(level, streak,
        [
            .. rows.DistinctBy(row => (row.Item1, row.Item2))
                .Select(row => Row(Book.Activities[row.Item1].Type, row.Item2, row.Item3)),
        ]));

    [Fact]
    public void The_documents_example_gives_1584()
    {
        var scored = Scoring.Score(Example, Book)!;
        Assert.Equal(960, scored.Points);
        Assert.Equal(4, scored.Streak);
        var statement = Statement.Of(scored, Week, Enough(scored), Book.Version);
        Assert.Equal("1584", statement.Reward.ToString());
        Assert.Equal(statement.Reward, statement.Available);
        Assert.Equal(Amount.Zero, statement.Frozen);
        Assert.Empty(statement.FrozenParts());
    }

    [Fact]
    public void Lines_are_in_the_rule_books_order_then_by_days()
    {
        var scored = Scoring.Score(Participant(1, 0,
            Row("ProjectMilestoneCompleted", 1, 1, vestsDays: 90),
            Row("ReferralActivated", 0, 1, vestsDays: 90),
            Row("ProjectMilestoneCompleted", 0, 1, vestsDays: 60),
            Row("ProjectMilestoneCompleted", 2, 1, vestsDays: 90),
            Row("SectionCompleted", 0, 7)), Book)!;
        Assert.Equal(
            [("SectionCompleted", 0, 250), ("ProjectMilestoneCompleted", 60, 500),
             ("ProjectMilestoneCompleted", 90, 1_000), ("ReferralActivated", 90, 500)],
            scored.Activities.Select(line => (line.Type, line.VestsDays, (int)line.Points)));
    }

    [Fact]
    public void Over_the_limit_is_shown_and_earns_nothing()
    {
        var scored = Scoring.Score(Participant(1, 0, Row("SectionCompleted", 0, 7), Row("SectionCompleted", 1, 2)), Book)!;
        var line = Assert.Single(Statement.Of(scored, Week, Enough(scored), 1).Activities);
        Assert.Equal(new StatementLine("SectionCompleted", 9, 7, 2, 50, 350, Amount.OfStk(350), 0), line);
    }

    [Fact]
    public void What_vests_is_frozen_and_makes_a_grant_for_each_line()
    {
        var scored = Scoring.Score(Participant(1, 0,
            Row("SectionCompleted", 0, 2), Row("PeerReviewCompleted", 0, 2), Row("ReferralActivated", 0, 1)), Book)!;
        var statement = Statement.Of(scored, Week, Enough(scored), 1);
        Assert.Equal(Amount.OfStk(100), statement.Available);
        Assert.Equal(Amount.OfStk(700), statement.Frozen);
        Assert.Equal(
            [new FrozenPart("PeerReviewCompleted", 30, Amount.OfStk(200)), new FrozenPart("ReferralActivated", 90, Amount.OfStk(500))],
            statement.FrozenParts().ToArray());
    }

    [Theory]
    [InlineData(0, 1, "1")]
    [InlineData(1, 2, "1.02")]
    [InlineData(2, 3, "1.05")]
    [InlineData(3, 4, "1.1")]
    [InlineData(4, 5, "1.2")]
    [InlineData(51, 52, "1.2")]
    public void The_streak_is_the_week_befores_and_one_more(int before, int streak, string consistency)
    {
        var scored = Scoring.Score(Example with { StreakBefore = before }, Book)!;
        Assert.Equal(streak, scored.Streak);
        Assert.Equal(consistency, scored.Consistency.ToString());
    }

    [Fact]
    public void Without_points_there_is_no_statement()
    {
        var worthless = new RuleBook(
            2, [Book.Activities[0] with { Weight = 0 }], Book.Levels, Book.Consistency, Book.EmissionSharesBp);
        Assert.Null(Scoring.Score(Participant(1, 0), Book));
        Assert.Null(Scoring.Score(Participant(1, 0, Row("SectionCompleted", 0, 3)), worthless));
    }

    [Fact]
    public void A_fund_that_is_short_scales_and_shows_both_numbers()
    {
        var scored = Scoring.Score(Example, Book)!;
        var statement = Statement.Of(scored, Week, new(Amount.OfStk(1_000), Amount.OfStk(3_000)), 1);
        Assert.Equal("528", statement.Reward.ToString());
        Assert.Equal("1000", statement.Reserved.ToString());
        Assert.Equal("3000", statement.Total.ToString());
    }

    [Fact]
    public void Lines_add_up_to_the_reward_and_available_and_frozen_too() =>
        Gen.Select(Sealed, Gen.Int[0, 10_000]).Sample((participant, partBp) =>
        {
            var scored = Scoring.Score(participant, Book)!;
            var total = scored.FullReward + Amount.OfStk(1_000);
            var statement = Statement.Of(scored, Week, new(total.ScaledDown(partBp, 10_000), total), 1);
            Assert.Equal(statement.Reward, Amount.Sum(statement.Activities.Select(line => line.Reward)));
            Assert.Equal(statement.Reward, statement.Available + statement.Frozen);
            Assert.Equal(statement.Frozen, Amount.Sum(statement.FrozenParts().Select(part => part.Amount)));
            Assert.Equal(statement.Points, statement.Activities.Sum(line => line.Points));
            Assert.True(statement.Reward <= scored.FullReward && !statement.Available.IsNegative);
        });

    [Fact]
    public void The_order_of_a_seals_rows_does_not_matter() =>
        Gen.Select(Sealed, Gen.Int[0, int.MaxValue]).Sample((participant, seed) =>
        {
            var rows = participant.Activities.ToArray();
            new Random(seed).Shuffle(rows);
            var one = Scoring.Score(participant, Book)!;
            var other = Scoring.Score(participant with { Activities = [.. rows] }, Book)!;
            Assert.Equal(one.Activities.ToArray(), other.Activities.ToArray());
            Assert.Equal(one.FullReward, other.FullReward);
        });

    [Fact]
    public void Of_one_days_events_with_several_vestings_the_limit_lets_count_together()
    {
        var scored = Scoring.Score(Participant(1, 0,
            new SealedActivity("ProjectMilestoneCompleted", Week.Monday, 60, 1, 1),
            new SealedActivity("ProjectMilestoneCompleted", Week.Monday, 90, 1, 0)), Book)!;
        Assert.Equal(500, scored.Points);
        Assert.Equal([0L], scored.Activities.Where(line => line.VestsDays == 90).Select(line => line.Points));
    }

    [Theory]
    [InlineData("SectionCompleted", 7, 6)]
    [InlineData("SectionCompleted", 7, 4)]
    [InlineData("SectionCompleted", 3, 4)]
    [InlineData("SectionCompleted", 3, -1)]
    [InlineData("PageView", 1, 1)]
    public void A_seal_that_does_not_fit_the_rule_book_is_not_scored(string type, int received, int counted) =>
        Assert.Throws<InvalidDataException>(() => Scoring.Score(
            Participant(1, 0, new SealedActivity(type, Week.Monday, 0, received, counted)), Book));

    [Fact]
    public void A_level_that_the_rule_book_lacks_is_not_scored() =>
        Assert.Throws<InvalidDataException>(() => Scoring.Score(Example with { Level = 9 }, Book));

    private static FundScaling Enough(ScoredParticipant scored) => new(scored.FullReward, scored.FullReward);

    private static SealedParticipant Participant(int level, int streakBefore, params SealedActivity[] rows) =>
        new(17, level, streakBefore, [.. rows]);

    private static SealedActivity Row(string type, int day, int received, int? vestsDays = null)
    {
        var rule = Book.Weighted(type)!;
        return new(
            type, Week.Monday.AddDays(day), vestsDays ?? rule.VestsDays, received, Math.Min(received, rule.DayLimit));
    }
}
