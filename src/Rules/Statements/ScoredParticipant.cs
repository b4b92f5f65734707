using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Statements;

/// <summary>A type's events of a week, with one vesting.</summary>
/// <param name="Weight">Points of one counted event.</param>
/// <param name="Points">Weight x counted.</param>
public readonly record struct ScoredActivity(
    string Type, int VestsDays, int Received, int Counted, int Weight, long Points);

/// <summary>A participant with points, before the fund has its say.</summary>
/// <param name="Streak">Weeks in a row, this one included.</param>
/// <param name="Activities">In the rule book's order, then by vesting days.</param>
/// <param name="Points">Above zero.</param>
/// <param name="FullReward">Points x qualification x consistency.</param>
public sealed record ScoredParticipant(
    long Number,
    int Level,
    Coefficient Qualification,
    int Streak,
    Coefficient Consistency,
    ImmutableArray<ScoredActivity> Activities,
    long Points,
    Amount FullReward);
