using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Objections;

namespace Stk.Rules.RuleBooks;

/// <summary>
/// How far a week may lie beyond the largest of the closed weeks before it: a week beyond a bound stops before it is paid.
/// A part of each version; <see cref="None"/> where it is silent.
/// </summary>
/// <param name="TotalTimes">
/// Rewards before the fund's factor, as a multiple of the largest of those weeks; null for no bound.
/// </param>
/// <param name="PeopleTimes">Participants with a statement, as a multiple of the most; null for no bound.</param>
/// <param name="NewcomersRiseBp">
/// How much more of the rewards than in any of those weeks may go to participants younger than four weeks; null for no
/// bound. Unit: basis points of the week's rewards.
/// </param>
/// <param name="SourceRiseBp">
/// How much more of the rewards than in any of those weeks may come from one source; null for no bound. Unit: basis points
/// of the week's rewards.
/// </param>
public sealed record WeekBounds(
    Coefficient? TotalTimes = null, Coefficient? PeopleTimes = null, int? NewcomersRiseBp = null, int? SourceRiseBp = null)
{
    /// <summary>No week stops.</summary>
    public static WeekBounds None { get; } = new();

    /// <summary>Empty where the bounds can be used; fields by the path of the document.</summary>
    public ImmutableArray<Objection> Check()
    {
        var objections = ImmutableArray.CreateBuilder<Objection>();
        Times(objections, "bounds.totalTimes", TotalTimes);
        Times(objections, "bounds.peopleTimes", PeopleTimes);
        Rise(objections, "bounds.newcomersRiseBp", NewcomersRiseBp);
        Rise(objections, "bounds.sourceRiseBp", SourceRiseBp);
        return objections.ToImmutable();
    }

    // Below 1 no week could be like the one before it.
    private static void Times(ImmutableArray<Objection>.Builder objections, string field, Coefficient? times)
    {
        if (times is { } given && (given < Coefficient.One || given.Hundredths > Coefficient.MaxHundredths))
        {
            objections.Add(new(field, "must be 1 to 100, with at most 2 decimals"));
        }
    }

    private static void Rise(ImmutableArray<Objection>.Builder objections, string field, int? riseBp)
    {
        if (riseBp is < 0 or > LargestRemainder.WholeBp)
        {
            objections.Add(new(field, "must be 0 to 10000"));
        }
    }
}
