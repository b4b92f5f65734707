using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Statements;

/// <summary>
/// A statement explained: beside the week before, in a row of weeks, with advice. A pure function of sealed and stored
/// rows up to its week and of the rule book that the statement names.
/// </summary>
/// <param name="Before">The statement of the calendar week before; null where there is none.</param>
/// <param name="History">Of <see cref="HistoryWeeks"/> calendar weeks, oldest first; the statement's is the last.</param>
/// <param name="Advice">The most worth first.</param>
/// <remarks>
/// Source document, "Индивидуальные отчёты": Детализация по типам активностей, Сравнение с предыдущей неделей, Рекомендации.
/// </remarks>
public sealed record WeeklyReport(
    Statement Statement, Statement? Before, WeekChange Change, ImmutableArray<WeekResult> History,
    ImmutableArray<Advice> Advice)
{
    public const int HistoryWeeks = 8;

    /// <summary>In the order of their revisions; those of later revisions are left out.</summary>
    public ImmutableArray<Correction> Corrections { get; init; } = [];

    /// <summary>Of the statement: 1, and one more for each correction.</summary>
    public int Revision => Corrections.Length + 1;

    /// <summary>What the week gave, by the statement and what has corrected it. Below zero where that took more.</summary>
    public Amount CorrectedReward => Statement.Reward + Amount.Sum(Corrections.Select(correction => correction.Amount));

    /// <summary>By day; empty where nothing is frozen, and before the week is posted.</summary>
    public ImmutableArray<UnlockDay> Unlocks { get; init; } = [];

    /// <param name="days">What the seal holds of the statement's participant and week.</param>
    /// <param name="before">The statement of the calendar week before; null where there is none.</param>
    /// <param name="past">Results of weeks, in any order; those of other weeks are not looked at.</param>
    /// <param name="book">The version that the statement names.</param>
    /// <exception cref="ArgumentException">Another week's statement, or another rule book's version.</exception>
    /// <exception cref="InvalidDataException">The days do not fit the rule book: one of them was altered.</exception>
    public static WeeklyReport Of(
        Statement statement, IEnumerable<SealedActivity> days, Statement? before, IEnumerable<WeekResult> past,
        RuleBook book)
    {
        if (book.Version != statement.Rules)
        {
            throw new ArgumentException($"version {book.Version} is not the statement's, {statement.Rules}", nameof(book));
        }

        if (before is not null && before.Week != statement.Week.Previous)
        {
            throw new ArgumentException($"{before.Week} is not the week before {statement.Week}", nameof(before));
        }

        return new(
            statement,
            before,
            WeekChange.Between(before?.Points ?? 0, before?.Reward ?? default, statement.Points, statement.Reward),
            Weeks(statement, past),
            AdviceRules.Of(statement, days, book));
    }

    /// <summary>The first week of the history of a week.</summary>
    public static WeekId HistoryFrom(WeekId week) => WeekId.Of(week.Monday.AddDays(-7 * (HistoryWeeks - 1)));

    private static ImmutableArray<WeekResult> Weeks(Statement statement, IEnumerable<WeekResult> past)
    {
        var results = past.ToDictionary(result => result.Week);
        results[statement.Week] = new(statement.Week, statement.Points, statement.Reward);
        var weeks = ImmutableArray.CreateBuilder<WeekResult>(HistoryWeeks);
        for (var week = HistoryFrom(statement.Week); week <= statement.Week; week = week.Next)
        {
            weeks.Add(results.TryGetValue(week, out var result) ? result : new(week, 0, default));
        }

        return weeks.MoveToImmutable();
    }
}
