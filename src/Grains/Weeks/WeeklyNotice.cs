using System.Globalization;
using Stk.Grains.Notices;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>What a participant is told of a week, for whoever writes it and for whoever checks it. Pure.</summary>
public static class WeeklyNotice
{
    /// <param name="participant">The number of whom it is for.</param>
    /// <param name="reward">Of the statement as it was first.</param>
    /// <param name="points">Unit: points.</param>
    public static Notice Of(WeekId week, long participant, Amount reward, long points) => Notice.Of(
        NoticeKinds.Weekly, participant, new { week = week.ToString(), reward, points }, week.ToString(),
        participant.ToString(CultureInfo.InvariantCulture));
}
