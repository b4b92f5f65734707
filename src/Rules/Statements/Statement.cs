using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Statements;

/// <summary>One line of a statement: a type's events of the week, with one vesting.</summary>
/// <param name="OverLimit">Received and not counted.</param>
/// <param name="Reward">Its part of the scaled reward.</param>
/// <param name="VestsDays">0: available at once.</param>
public readonly record struct StatementLine(
    string Type, int Received, int Counted, int OverLimit, int Weight, long Points, Amount Reward, int VestsDays);

/// <summary>The part of a reward that is frozen.</summary>
/// <param name="Amount">Above zero.</param>
public readonly record struct FrozenPart(string Type, int VestsDays, Amount Amount);

/// <summary>Why a participant got what they got for a week. Computed from the seal alone.</summary>
/// <param name="Participant">The number; the outside id is put in where it is shown.</param>
/// <param name="Reserved">What the week reserved from the fund.</param>
/// <param name="Total">What all full rewards of the week come to.</param>
/// <param name="Rules">The rule book's version.</param>
/// <param name="Activities">In the rule book's order, then by vesting days.</param>
/// <param name="Reward">After the fund factor; available and frozen together.</param>
public sealed record Statement(
    WeekId Week,
    long Participant,
    int Level,
    Coefficient Qualification,
    int Streak,
    Coefficient Consistency,
    Amount Reserved,
    Amount Total,
    int Rules,
    ImmutableArray<StatementLine> Activities,
    long Points,
    Amount Reward,
    Amount Available,
    Amount Frozen)
{
    public static Statement Of(ScoredParticipant scored, WeekId week, FundScaling scaling, int ruleBookVersion)
    {
        var reward = scaling.Of(scored.FullReward);
        var parts = LargestRemainder.Divide(reward, [.. scored.Activities.Select(line => line.Points)]);
        ImmutableArray<StatementLine> lines =
        [
            .. scored.Activities.Zip(parts, (line, part) => new StatementLine(
                line.Type, line.Received, line.Counted, line.Received - line.Counted, line.Weight, line.Points, part,
                line.VestsDays)),
        ];
        var frozen = Amount.Sum(lines.Where(line => line.VestsDays > 0).Select(line => line.Reward));
        return new(
            week,
            scored.Number,
            scored.Level,
            scored.Qualification,
            scored.Streak,
            scored.Consistency,
            scaling.Reserved,
            scaling.Total,
            ruleBookVersion,
            lines,
            scored.Points,
            reward,
            reward - frozen,
            frozen);
    }

    /// <summary>Of a week that gave nothing, for what was added to it later.</summary>
    /// <param name="level">In force when the week closed.</param>
    /// <param name="book">The version that the week went by.</param>
    public static Statement OfNothing(WeekId week, long participant, int level, FundScaling scaling, RuleBook book) => new(
        week,
        participant,
        level,
        book.LevelOf(level).Coefficient,
        Streak: 0,
        book.ConsistencyOf(1),
        scaling.Reserved,
        scaling.Total,
        book.Version,
        Activities: [],
        Points: 0,
        Reward: default,
        Available: default,
        Frozen: default);

    /// <summary>The grants that settling makes: one for each line that vests and came to something.</summary>
    public ImmutableArray<FrozenPart> FrozenParts() =>
    [
        .. Activities
            .Where(line => line.VestsDays > 0 && line.Reward > Amount.Zero)
            .Select(line => new FrozenPart(line.Type, line.VestsDays, line.Reward)),
    ];
}
