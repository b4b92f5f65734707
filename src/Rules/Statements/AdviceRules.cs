using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Statements;

/// <summary>What advice a statement gives, and what each is worth.</summary>
/// <remarks>Source document, "Индивидуальные отчёты": Рекомендации по увеличению заработка.</remarks>
public static class AdviceRules
{
    /// <summary>More advice on limits than this would hide the rest.</summary>
    public const int MaxLimits = 3;

    // One point times one hundredth times one hundredth, as in the reward.
    private const long MicroPerHundredth2 = Amount.MicroPerStk / 10_000;

    // What others do, and who comes by an invitation, nobody can do more of.
    private static readonly ImmutableArray<string> OfOthers =
        ["ClubLikeReceived", "ClubCommentReceived", "ReferralActivated"];

    /// <summary>
    /// At most three limits, the best, then all by what they are worth; of the same worth limits come first, in the rule
    /// book's order, then the streak, then the level. What is worth nothing is left out.
    /// </summary>
    /// <param name="days">What the seal holds of the statement's participant and week.</param>
    /// <param name="book">The version that the statement names.</param>
    /// <exception cref="InvalidDataException">The days do not fit the rule book: one of them was altered.</exception>
    public static ImmutableArray<Advice> Of(
        Statement statement, IEnumerable<SealedActivity> days, RuleBook book) =>
    [
        .. Limits(statement, days, book)
            .OrderByDescending(advice => advice.Worth).Take(MaxLimits)
            .Concat(Streaks(statement, book))
            .Concat(Levels(statement, book))
            // The sort is stable: what is worth the same stays in this order.
            .OrderByDescending(advice => advice.Worth),
    ];

    private static IEnumerable<Advice> Limits(Statement statement, IEnumerable<SealedActivity> days, RuleBook book)
    {
        var counted = days
            .Where(row => row.Counted > 0 && !OfOthers.Contains(row.Type, StringComparer.Ordinal))
            .GroupBy(row => (row.Type, row.Day), (day, rows) => (day.Type, Counted: rows.Sum(row => row.Counted)))
            .ToLookup(day => day.Type, day => day.Counted, StringComparer.Ordinal);
        if (counted.FirstOrDefault(type => book.Weighted(type.Key) is null) is { } unknown)
        {
            throw new InvalidDataException($"seal of week {statement.Week}: {unknown.Key} has no weight");
        }

        foreach (var rule in book.Activities)
        {
            var unused = counted[rule.Type].Sum(ofDay => rule.DayLimit - ofDay);
            var points = (long)rule.Weight * unused;
            if (Worth(statement, points, statement.Qualification.Hundredths, statement.Consistency.Hundredths) is var brings
                && brings > Amount.Zero)
            {
                yield return new Advice.Limit(rule.Type, unused, points, brings);
            }
        }
    }

    private static IEnumerable<Advice> Streaks(Statement statement, RuleBook book)
    {
        var isLast = statement.Streak >= book.Consistency.Length;
        var next = book.ConsistencyOf(statement.Streak + 1);
        var difference = isLast
            ? statement.Consistency.Hundredths - Coefficient.One.Hundredths
            : next.Hundredths - statement.Consistency.Hundredths;
        var worth = Worth(statement, statement.Points, statement.Qualification.Hundredths, difference);
        if (worth > Amount.Zero)
        {
            yield return isLast
                ? new Advice.KeptStreak(statement.Streak, statement.Consistency, worth)
                : new Advice.LongerStreak(statement.Streak + 1, next, worth);
        }
    }

    private static IEnumerable<Advice> Levels(Statement statement, RuleBook book)
    {
        if (statement.Level >= book.Levels.Length)
        {
            yield break;
        }

        var next = book.LevelOf(statement.Level + 1);
        var brings = Worth(
            statement, statement.Points, next.Coefficient.Hundredths - statement.Qualification.Hundredths,
            statement.Consistency.Hundredths);
        if (brings > Amount.Zero)
        {
            yield return new Advice.NextLevel(next.Number, next.Coefficient, brings);
        }
    }

    // One floor, at the end. Zero where a rule book gives less for more.
    private static Amount Worth(Statement statement, long points, int firstHundredths, int secondHundredths)
    {
        var full = checked((Int128)points * firstHundredths * secondHundredths * MicroPerHundredth2);
        return full <= 0
            ? Amount.Zero
            : new(checked((long)(full * statement.Reserved.Micro / statement.Total.Micro)));
    }
}
