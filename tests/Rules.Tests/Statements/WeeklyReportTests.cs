using System.Collections.Immutable;
using CsCheck;
using Stk.Rules.Money;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Statements;

public class WeeklyReportTests
{
    private static readonly WeekId Week = Parsed.Week("2026-W02");

    private static readonly RuleBook Ours = RuleBook.FromTheSource;

    // An operator's numbers: ties, weights of nothing, coefficients that stand still or fall.
    private static readonly Gen<RuleBook> Books = Gen.OneOf(
        Gen.Const(Ours),
        Gen.Select(
            Gen.Select(Gen.Int[0, 4], Gen.Int[1, 6]).Array[Ours.Activities.Length],
            Gen.Int[1, 300].Array[1, 8],
            Gen.Int[1, 200].Array[1, 6]).Select((activities, levels, consistency) => new RuleBook(
                1,
                [
                    .. Ours.Activities.Zip(activities, (rule, numbers) => rule with
                    {
                        Weight = numbers.Item1 * 50,
                        DayLimit = numbers.Item2,
                    }),
                ],
                [.. levels.Select((hundredths, i) => new Level(i + 1, $"level {i + 1}", new(hundredths)))],
                [.. consistency.Select(hundredths => new Coefficient(hundredths))],
                Ours.EmissionSharesBp)));

    private static readonly Gen<Person> People =
        from book in Books
        from rows in Gen.Select(
            Gen.Int[0, book.Activities.Length - 1], Gen.Int[0, 6], Gen.Int[1, 12], Gen.Int[60, 62]).Array[1, 20]
        from level in Gen.Int[1, book.Levels.Length]
        from streakBefore in Gen.Int[0, 7]
        from othersMicro in Gen.OneOf(Gen.Const(0L), Gen.Long[0, 9_000_000_000_000])
        from reservedBp in Gen.OneOf(Gen.Const(10_000L), Gen.Long[0, 10_000])
        from past in Gen.Select(Gen.Int[1, 12], Gen.Long[1, 5_000], Gen.Long[0, 9_000_000_000]).Array[0, 12]
        select new Person(book, Days(book, rows), level, streakBefore, othersMicro, reservedBp, past);

    [Fact]
    public void A_hundred_thousand_reports_say_what_the_designs_words_say() =>
        People.Where(person => person.Statement is not null).Sample(person =>
        {
            var statement = person.Statement!;
            var results = person.Results;
            var before = person.Before(statement);

            var report = WeeklyReport.Of(
                statement, person.Days, before, results.Select(Result), person.Book);

            Assert.Equal(ReportOracle.Advice(statement, person.Days, person.Book), report.Advice.Select(Line));
            Assert.Equal(
                ReportOracle.History(statement, results),
                report.History.Select(week => $"{week.Week} {week.Points} {week.Reward.Micro}"));
            Assert.Equal(statement.Points - (before?.Points ?? 0), report.Change.Points);
            Assert.Equal(statement.Reward.Micro - (before?.Reward.Micro ?? 0), report.Change.Reward.Micro);
            Assert.Equal(
                ReportOracle.Percent(before?.Reward.Micro ?? 0, statement.Reward.Micro),
                report.Change.Percent is { } percent ? percent : null);
        }, iter: 100_000);

    [Fact]
    public void The_documents_example_is_advised_a_fifth_week_144_and_the_next_level_316_8()
    {
        var days = Days(
            Ours, ("SectionCompleted", 0, 5), ("ExerciseSave", 0, 3), ("ClubPostCreated", 0, 1), ("ClubLikeGiven", 0, 5),
            ("ClubLikeReceived", 0, 3), ("ClubCommentCreated", 0, 2));

        var report = WeeklyReport.Of(new Person(Ours, days, 3, 3).Statement!, days, null, [], Ours);

        // Two tasks and three comments were left of their day; likes received are not the participant's to make.
        Assert.Equal(
            [
                "limit ExerciseSave 2 200 330000000", "level 4 1.8 316800000", "limit ClubCommentCreated 3 150 247500000",
                "streak 5 1.2 144000000",
            ],
            report.Advice.Select(Line));
        Assert.Null(report.Before);
        Assert.Equal(new WeekChange(960, Amount.OfStk(1_584), null), report.Change);
    }

    [Fact]
    public void Days_without_an_event_of_a_type_leave_none_of_its_limit_unused()
    {
        var days = Days(Ours, ("ExerciseSave", 0, 5), ("ExerciseSave", 2, 1), ("ExerciseSave", 6, 12));

        var report = WeeklyReport.Of(new Person(Ours, days, 8, 9).Statement!, days, null, [], Ours);

        Assert.Equal(
            ["limit ExerciseSave 4 400 1728000000", "keep-streak 10 1.2 792000000"], report.Advice.Select(Line));
    }

    [Theory]
    [InlineData(200, 201, 1)]
    [InlineData(200, 199, -1)]
    [InlineData(1_000, 1_004, 0)]
    [InlineData(1_000, 1_005, 1)]
    [InlineData(1_000, 995, -1)]
    [InlineData(1_000, 996, 0)]
    [InlineData(3, 9, 200)]
    [InlineData(7, 7, 0)]
    public void A_half_percent_goes_away_from_zero(long before, long after, long percent) =>
        Assert.Equal(percent, WeekChange.Between(1, new(before), 1, new(after)).Percent);

    [Fact]
    public void Beside_a_week_that_came_to_nothing_there_is_no_percentage() =>
        Assert.Equal(new WeekChange(-40, new(7), null), WeekChange.Between(100, Amount.Zero, 60, new(7)));

    [Fact]
    public void A_report_takes_its_own_rule_book_and_the_week_before_alone()
    {
        var days = Days(Ours, ("ExerciseSave", 0, 5));
        var statement = new Person(Ours, days, 1, 0).Statement!;

        Assert.Throws<ArgumentException>(() => WeeklyReport.Of(statement, days, null, [], Ours.WithVersion(2)));
        Assert.Throws<ArgumentException>(() => WeeklyReport.Of(statement, days, statement, [], Ours));
        Assert.Throws<InvalidDataException>(() => WeeklyReport.Of(
            statement, [new("Unheard", Week.Monday, 0, 1, 1)], null, [], Ours));
    }

    private static WeekResult Result(KeyValuePair<WeekId, (long Points, long Micro)> week) =>
        new(week.Key, week.Value.Points, new(week.Value.Micro));

    private static string Line(Advice advice) => advice switch
    {
        Advice.Limit limit => $"limit {limit.Type} {limit.Unused} {limit.Points} {limit.Worth.Micro}",
        Advice.LongerStreak streak => $"streak {streak.Weeks} {streak.Coefficient} {streak.Worth.Micro}",
        Advice.KeptStreak kept => $"keep-streak {kept.Weeks} {kept.Coefficient} {kept.Worth.Micro}",
        Advice.NextLevel level => $"level {level.Level} {level.Coefficient} {level.Worth.Micro}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ImmutableArray<SealedActivity> Days(RuleBook book, params (string Type, int Day, int Received)[] rows) =>
    [
        .. rows.Select(row => new SealedActivity(
            row.Type, Week.Monday.AddDays(row.Day), book.Weighted(row.Type)!.VestsDays, row.Received,
            Math.Min(row.Received, book.Weighted(row.Type)!.DayLimit))),
    ];

    // A type and day may stand with several vestings, which share the day's limit in the order of their rows.
    private static ImmutableArray<SealedActivity> Days(RuleBook book, (int Place, int Day, int Received, int Vests)[] drawn)
    {
        var used = new Dictionary<(string, DateOnly), int>();
        var days = ImmutableArray.CreateBuilder<SealedActivity>();
        foreach (var row in drawn.DistinctBy(row => (row.Place, row.Day, row.Vests)))
        {
            var rule = book.Activities[row.Place];
            var day = Week.Monday.AddDays(row.Day);
            var vests = rule.DaysMayVary ? row.Vests : rule.VestsDays;
            if (days.Any(there => there.Type == rule.Type && there.Day == day && there.VestsDays == vests))
            {
                continue;
            }

            var before = used.GetValueOrDefault((rule.Type, day));
            var counted = Math.Min(row.Received, rule.DayLimit - before);
            used[(rule.Type, day)] = before + counted;
            days.Add(new(rule.Type, day, vests, row.Received, counted));
        }

        return days.ToImmutable();
    }

    /// <param name="OthersMicro">What everybody else earned in the week.</param>
    /// <param name="ReservedBp">Of the week's total, what the fund held.</param>
    private sealed record Person(
        RuleBook Book, ImmutableArray<SealedActivity> Days, int Level, int StreakBefore, long OthersMicro = 0,
        long ReservedBp = 10_000, (int WeeksAgo, long Points, long Micro)[]? Past = null)
    {
        /// <summary>Null where nothing has counted for anything.</summary>
        public Statement? Statement
        {
            get
            {
                if (Scoring.Score(new(7, Level, StreakBefore, Days), Book) is not { } scored)
                {
                    return null;
                }

                var total = new Amount(scored.FullReward.Micro + OthersMicro);
                return Statement.Of(
                    scored, Week, new FundScaling(total.ScaledDown(ReservedBp, 10_000), total), Book.Version);
            }
        }

        public Dictionary<WeekId, (long Points, long Micro)> Results => (Past ?? [])
            .DistinctBy(week => week.WeeksAgo)
            .ToDictionary(week => WeekId.Of(Week.Monday.AddDays(-7 * week.WeeksAgo)), week => (week.Points, week.Micro));

        public Statement? Before(Statement statement) => Results.TryGetValue(Week.Previous, out var result)
            ? statement with { Week = Week.Previous, Points = result.Points, Reward = new(result.Micro) }
            : null;
    }
}
