using System.Globalization;
using Stk.Rules.Causes;
using Stk.Rules.Weeks;

namespace Stk.Rules.Vesting;

/// <summary>Ids of what a grant brings about.</summary>
public static class VestingIds
{
    /// <summary>The transaction that pays out a grant's decision.</summary>
    /// <param name="participant">The number.</param>
    public static Guid Decision(WeekId week, long participant, string type, int vestsDays) => CauseId.Of(
        "vesting", week.ToString(), participant.ToString(CultureInfo.InvariantCulture), type,
        vestsDays.ToString(CultureInfo.InvariantCulture));

    /// <summary>The transaction that pays out the decision of what a fund's spending has frozen.</summary>
    /// <param name="granted">The transaction that froze it.</param>
    public static Guid FundDecision(Guid granted) => CauseId.Of("vesting", granted.ToString());
}
