using System.Numerics;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Statements;

/// <summary>
/// The report's values once more, from the words of the design alone: in fractions of whole numbers, one rule after the
/// other, and without anything of what the report's own code is made of.
/// </summary>
internal static class ReportOracle
{
    /// <summary>One line an advice, in order: kind, what it is about, numbers, worth in micro-STK.</summary>
    public static List<string> Advice(Statement statement, IReadOnlyList<SealedActivity> days, RuleBook book)
    {
        var limits = new List<(BigInteger Worth, int Kind, int Place, string Line)>();
        for (var place = 0; place < book.Activities.Length; place++)
        {
            var rule = book.Activities[place];
            if (rule.Type is "ClubLikeReceived" or "ClubCommentReceived" or "ReferralActivated"
                || statement.Activities.All(line => line.Type != rule.Type))
            {
                continue;
            }

            var unused = 0;
            for (var day = statement.Week.Monday; day <= statement.Week.Sunday; day = day.AddDays(1))
            {
                var counted = 0;
                foreach (var row in days)
                {
                    counted += row.Type == rule.Type && row.Day == day ? row.Counted : 0;
                }

                unused += counted == 0 ? 0 : rule.DayLimit - counted;
            }

            var points = new BigInteger(rule.Weight) * unused;
            var worth = Floor(points * Hundredths(statement.Qualification) * Hundredths(statement.Consistency), statement);
            limits.Add((worth, 0, place, $"limit {rule.Type} {unused} {points} {worth}"));
        }

        limits.Sort(Ranking);
        var all = limits.Where(limit => limit.Worth > 0).Take(3).ToList();
        all.Add(Streak(statement, book));
        if (statement.Level < book.Levels.Length)
        {
            var next = book.Levels[statement.Level].Coefficient;
            var worth = Floor(
                statement.Points * (Hundredths(next) - Hundredths(statement.Qualification))
                * Hundredths(statement.Consistency), statement);
            all.Add((worth, 2, 0, $"level {statement.Level + 1} {next} {worth}"));
        }

        all.RemoveAll(advice => advice.Worth <= 0);
        all.Sort(Ranking);
        return [.. all.Select(advice => advice.Line)];
    }

    /// <summary>Of the reward before; null where that is nothing.</summary>
    public static BigInteger? Percent(BigInteger before, BigInteger after)
    {
        if (before == 0)
        {
            return null;
        }

        var size = BigInteger.Abs(after - before) * 100;
        var whole = size / before;
        var isHalfOrMore = (size - (whole * before)) * 2 >= before;
        return (after < before ? -1 : 1) * (whole + (isHalfOrMore ? 1 : 0));
    }

    public static List<string> History(Statement statement, IReadOnlyDictionary<WeekId, (long Points, long Micro)> weeks) =>
    [
        .. Enumerable.Range(0, 8).Select(i => WeekId.Of(statement.Week.Monday.AddDays((i - 7) * 7))).Select(week =>
            week == statement.Week ? $"{week} {statement.Points} {statement.Reward.Micro}"
            : weeks.TryGetValue(week, out var result) ? $"{week} {result.Points} {result.Micro}"
            : $"{week} 0 0"),
    ];

    private static (BigInteger Worth, int Kind, int Place, string Line) Streak(Statement statement, RuleBook book)
    {
        var steps = book.Consistency;
        if (statement.Streak < steps.Length)
        {
            var next = steps[statement.Streak];
            var brings = Floor(
                statement.Points * Hundredths(statement.Qualification)
                * (Hundredths(next) - Hundredths(statement.Consistency)), statement);
            return (brings, 1, 0, $"streak {statement.Streak + 1} {next} {brings}");
        }

        var costs = Floor(
            statement.Points * Hundredths(statement.Qualification) * (Hundredths(statement.Consistency) - 100), statement);
        return (costs, 1, 0, $"keep-streak {statement.Streak} {statement.Consistency} {costs}");
    }

    private static int Ranking(
        (BigInteger Worth, int Kind, int Place, string Line) left,
        (BigInteger Worth, int Kind, int Place, string Line) right)
    {
        var byWorth = right.Worth.CompareTo(left.Worth);
        var byKind = left.Kind.CompareTo(right.Kind);
        return byWorth != 0 ? byWorth : byKind != 0 ? byKind : left.Place.CompareTo(right.Place);
    }

    private static BigInteger Hundredths(Coefficient coefficient) => coefficient.Hundredths;

    // Points x hundredths x hundredths are ten-thousandths of an STK: x 100 are micro-STK. Below zero is nothing.
    private static BigInteger Floor(BigInteger tenThousandths, Statement statement) => tenThousandths < 0
        ? 0
        : BigInteger.Divide(tenThousandths * 100 * statement.Reserved.Micro, statement.Total.Micro);
}
