using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Streaks;

namespace Stk.Rules.Statements;

/// <summary>From a seal to points and full rewards: reads nothing else, so that anyone can do it again.</summary>
public static class Scoring
{
    /// <summary>Null where there are no points: then there is no statement, no CSV row and no streak.</summary>
    /// <exception cref="InvalidDataException">The seal does not fit the rule book: it was altered.</exception>
    public static ScoredParticipant? Score(SealedParticipant sealedParticipant, RuleBook book)
    {
        CheckSeal(sealedParticipant, book);
        ImmutableArray<ScoredActivity> activities =
        [
            .. sealedParticipant.Activities
                .GroupBy(row => (row.Type, row.VestsDays))
                .OrderBy(line => book.PlaceOf(line.Key.Type)).ThenBy(line => line.Key.VestsDays)
                .Select(line => Line(line.Key.Type, line.Key.VestsDays, line, book)),
        ];
        var points = activities.Sum(line => line.Points);
        if (points == 0)
        {
            return null;
        }

        var level = book.LevelOf(sealedParticipant.Level);
        var streak = Streak.After(sealedParticipant.StreakBefore);
        var consistency = book.ConsistencyOf(streak);
        return new(
            sealedParticipant.Number,
            level.Number,
            level.Coefficient,
            streak,
            consistency,
            activities,
            points,
            WeeklyReward.For(points, level.Coefficient, consistency));
    }

    private static ScoredActivity Line(string type, int vestsDays, IEnumerable<SealedActivity> rows, RuleBook book)
    {
        var received = 0;
        var counted = 0;
        foreach (var row in rows)
        {
            received += row.Received;
            counted += row.Counted;
        }

        // The seal's check has found the type.
        var weight = book.Weighted(type)!.Weight;
        return new(type, vestsDays, received, counted, weight, (long)weight * counted);
    }

    private static void CheckSeal(SealedParticipant sealedParticipant, RuleBook book)
    {
        if (sealedParticipant.Level < 1 || sealedParticipant.Level > book.Levels.Length)
        {
            throw Altered(sealedParticipant, "the rule book has no such level");
        }

        foreach (var day in sealedParticipant.Activities.GroupBy(row => new ActivityDay(row.Day, row.Type)))
        {
            if (book.Weighted(day.Key.Type) is not { } rule)
            {
                throw Altered(sealedParticipant, $"{day.Key.Type} has no weight");
            }

            if (day.Any(row => row.Counted < 0 || row.Counted > row.Received || row.VestsDays < 0))
            {
                throw Altered(sealedParticipant, $"{On(day.Key)} counts more than was received");
            }

            if (day.Sum(row => row.Counted) != DayLimits.Counted(day.Sum(row => row.Received), rule))
            {
                throw Altered(sealedParticipant, $"{On(day.Key)} does not count min(limit, received)");
            }
        }
    }

    private static string On(ActivityDay day) => FormattableString.Invariant($"{day.Type} on {day.Day:O}");

    private static InvalidDataException Altered(SealedParticipant sealedParticipant, string what) =>
        new(FormattableString.Invariant($"seal of participant {sealedParticipant.Number}: {what}"));
}
