using System.Collections.Immutable;
using System.Globalization;
using Stk.Reports.Statements;
using Stk.Rules.Money;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Reports.Tests.Statements;

/// <summary>A statement to be drawn. <c>docs/statements</c> has the page of each by its name.</summary>
internal sealed record DrawnCase(string Name, WeeklyReport Report, RuleBook Book, string Id, StatementWords Words)
{
    private static readonly WeekId Week = WeekId.OfNumber(202551);
    private static readonly RuleBook Source = RuleBook.FromTheSource;

    // The source's example, day by day.
    private static readonly (string Type, int Day, int Received)[] ExampleDays =
    [
        ("SectionCompleted", 0, 3), ("SectionCompleted", 2, 2), ("ExerciseSave", 1, 2), ("ExerciseSave", 3, 1),
        ("ClubPostCreated", 4, 1), ("ClubLikeGiven", 4, 5), ("ClubLikeReceived", 5, 3), ("ClubCommentCreated", 6, 2),
    ];

    public static ImmutableArray<DrawnCase> All { get; } =
    [
        Of("example", "ivan", 3, 3, ExampleDays, before: [("ClubLikeGiven", 0, 5), ("CourseCompleted", 3, 1)]),
        Of("english", "ivan", 3, 3, ExampleDays, before: [("ClubLikeGiven", 0, 5), ("CourseCompleted", 3, 1)]) with
        {
            Words = StatementWords.English,
        },
        Of("no-week-before", "ivan", 3, 2, ExampleDays, past: 4) with { Id = "Мария Ёлкина" },
        Of("first-week", "ivan", 1, 0, ExampleDays, past: 0),
        Of("one-line", "new@example.org", 1, 0, [("ClubLikeGiven", 6, 1)], past: 0),
        Of("scaled", "ivan", 3, 3, ExampleDays, reservedMicro: 1_234_567_890_123, before: [("ExerciseSave", 0, 5)]),
        Of("everything", "ivan", 8, 30, Everything(), reservedMicro: 8_234_567_890_123, before: Everything(dayShift: 0)),
        Of("most-advice", "ivan", 7, 3, Little(), reservedMicro: 8_234_567_890_123, before: Everything(dayShift: 0)),
        Of("longest-id", new string('Щ', 200), 3, 3, ExampleDays, before: [("ExerciseSave", 0, 5)]),
        Of("arabic", "محمد بن سلمان 1001", 3, 3, ExampleDays, before: [("ExerciseSave", 0, 5)]),
        Of("emoji", "ivan 🙂👩‍👩‍👧 🏳️‍🌈", 3, 3, ExampleDays, before: [("ExerciseSave", 0, 5)]),
        Of("combining", "z̃a̧l̈go х̂и́ \u0483", 3, 3, ExampleDays, before: [("ExerciseSave", 0, 5)]),
        Of("markup", "<b>{{id}}</b> \\u{1F642} =1+1 (%s) @all", 3, 3, ExampleDays, before: [("ExerciseSave", 0, 5)]),
        Operators("operators-types", 70),
        Of("correction", "ivan", 3, 3, ExampleDays, before: [("ExerciseSave", 0, 5)]).Corrected(
            (100_000_000, "Два упражнения засчитаны позже: сайт в тот день не отвечал"),
            (-12_345_678, $"<b>{{{{name}}}}</b> @all 🙂 {new string('щ', 120)} =1+1")),
        Of("correction-english", "ivan", 3, 3, ExampleDays, before: [("ExerciseSave", 0, 5)]).Corrected(
            (100_000_000, "Two exercises came after the seal: the site was down")) with
        {
            Words = StatementWords.English,
        },
        Nothing("correction-alone").Corrected((250_000_000, "Куратор подтвердил работу недели, которой не было в событиях")),
    ];

    public byte[] Draw() => StatementPdf.Draw(Report, Book, Id, Words, new("https://cabinet.example.org/weeks/2025-W51"));

    public override string ToString() => Name;

    private DrawnCase Corrected(params ReadOnlySpan<(long Micro, string Reason)> corrections)
    {
        var made = ImmutableArray.CreateBuilder<Correction>();
        foreach (var (micro, reason) in corrections)
        {
            made.Add(new(made.Count + 2, new(micro), Week.End.AddDays(20 + made.Count).AddHours(9), reason));
        }

        return this with { Report = Report with { Corrections = made.ToImmutable() } };
    }

    // Of somebody whom the week gave nothing.
    private static DrawnCase Nothing(string name)
    {
        var scaling = new FundScaling(Amount.OfStk(9_000), Amount.OfStk(9_000));
        var report = WeeklyReport.Of(
            Rules.Statements.Statement.OfNothing(Week, 17, 2, scaling, Source), [], null, [], Source);
        return new(name, report, Source, "Мария Ёлкина", StatementWords.Russian);
    }

    private static DrawnCase Of(
        string name, string id, int level, int streakBefore, (string Type, int Day, int Received)[] days,
        long? reservedMicro = null, (string Type, int Day, int Received)[]? before = null, int past = 7,
        RuleBook? book = null)
    {
        var rules = book ?? Source;
        var previous = before is null
            ? null
            : Statement(Week.Previous, level, Math.Max(0, streakBefore - 1), before, null, rules).Of;
        var (statement, seal) = Statement(Week, level, streakBefore, days, reservedMicro, rules);
        var results = Enumerable.Range(2, past).Select(ago => new WeekResult(
            WeekId.Of(Week.Monday.AddDays(-7 * ago)), 100 * ago, new(123_456_789L * (ago % 3 == 0 ? 0 : ago))));
        var report = WeeklyReport.Of(
            statement, seal, previous,
            previous is null ? results : results.Append(new(previous.Week, previous.Points, previous.Reward)), rules);
        return new(name, report with { Unlocks = Unlocks(statement) }, rules, id, StatementWords.Russian);
    }

    // As if it was posted on the Monday after.
    private static ImmutableArray<UnlockDay> Unlocks(Statement statement) =>
    [
        .. statement.FrozenParts().GroupBy(part => part.VestsDays).OrderBy(group => group.Key).Select(group => new UnlockDay(
            statement.Week.Next.Monday.AddDays(group.Key), Amount.Sum(group.Select(part => part.Amount)))),
    ];

    // More types than a page has lines, with the longest names that a rule book may have.
    private static DrawnCase Operators(string name, int types)
    {
        var activities = Enumerable.Range(0, types).Select(i => new ActivityRule(
            (i % 3) switch
            {
                0 => $"{new string('Ж', 97)}{i:D3}",
                1 => $"{string.Concat(Enumerable.Repeat("🙂", 40))}{i}",
                _ => $"Type{i}",
            },
            10, 3, i % 2 * 30, i % 2 * 30, RuleOrigin.Ours)).ToImmutableArray();
        var book = new RuleBook(
            1, activities, [new(1, new string('Ы', 100), new(100)), new(2, new string('ы', 100), new(150))],
            [new(100), new(150)], Source.EmissionSharesBp);
        (string, int, int)[] days = [.. activities.Select((rule, i) => (rule.Type, i % 7, 2))];
        return Of(name, new string('ш', 200), 1, 0, days, before: [.. days.Reverse()], book: book);
    }

    // Every type on every day to its limit and beyond; the project's days vary, so that it has a line a day.
    private static (string Type, int Day, int Received)[] Everything(int dayShift = 1) =>
    [
        .. Source.Activities.SelectMany(rule => Enumerable.Range(0, 7).Select(day =>
            (rule.DaysMayVary ? $"{rule.Type}/{rule.VestsDays + (day * dayShift)}" : rule.Type,
                day, rule.DayLimit * 1_000_003))),
    ];

    // One of everything on each day: all that can be advised is advised, and there are as many lines as can be.
    private static (string Type, int Day, int Received)[] Little() =>
        [.. Everything().Select(row => (row.Type, row.Day, 1))];

    private static (Statement Of, ImmutableArray<SealedActivity> Seal) Statement(
        WeekId week, int level, int streakBefore, (string Type, int Day, int Received)[] days, long? reservedMicro,
        RuleBook book)
    {
        ImmutableArray<SealedActivity> seal =
        [
            .. days.Select(row =>
            {
                var parts = row.Type.Split('/');
                var rule = book.Weighted(parts[0])!;
                return new SealedActivity(
                    parts[0], week.Monday.AddDays(row.Day),
                    parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : rule.VestsDays,
                    row.Received, Math.Min(row.Received, rule.DayLimit));
            }),
        ];
        var scored = Scoring.Score(new(17, level, streakBefore, seal), book)!;
        var total = reservedMicro is { } reserved ? new Amount(reserved + 1_000_000_000_007) : scored.FullReward;
        var scaling = new FundScaling(reservedMicro is { } held ? new(held) : scored.FullReward, total);
        return (Rules.Statements.Statement.Of(scored, week, scaling, book.Version), seal);
    }
}
