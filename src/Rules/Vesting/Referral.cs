using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Vesting;

/// <summary>What is known of a counted event that names somebody whom its participant has brought.</summary>
/// <param name="Earned">The week of the event.</param>
/// <param name="UnlocksOn">Of the grant that stands on it.</param>
/// <param name="Claim">Whom it names.</param>
/// <param name="StatementWeeks">Those of the referred, in any order; none where nobody is called so.</param>
/// <param name="LastSettled">Weeks are settled in order; null where none is yet.</param>
public sealed record Referral(
    WeekId Earned, DateOnly UnlocksOn, ReferralClaim Claim, IReadOnlySet<WeekId> StatementWeeks, WeekId? LastSettled)
{
    /// <summary>The last week that ended before the unlock day: the week of the day before.</summary>
    public WeekId LastWeek => WeekId.Of(UnlocksOn.AddDays(-1)) is var week && week.Sunday < UnlocksOn ? week : week.Previous;

    /// <summary>Null where nobody is named, or a week that may speak is not settled yet.</summary>
    public EventVerdict? Judge(VestingCondition condition)
    {
        switch (Claim)
        {
            case ReferralClaim.Nobody:
                return null;
            case ReferralClaim.Oneself:
                return new(Verdict.Cancel, VerdictCause.ReferredOneself);
            case ReferralClaim.NamedBefore:
                return new(Verdict.Cancel, VerdictCause.ReferredBefore);
        }

        if (LastWeek >= Earned && (LastSettled is not { } settled || settled < LastWeek))
        {
            return null;
        }

        var weeks = StatementWeeks.Count(week => week >= Earned && week <= LastWeek);
        return new(
            weeks >= condition.Least ? Verdict.Release : Verdict.Cancel, VerdictCause.Referred);
    }
}

/// <summary>Whom a referral names.</summary>
public enum ReferralClaim
{
    /// <summary>It has no <c>properties.referred</c>.</summary>
    Nobody = 1,

    /// <summary>Its own participant.</summary>
    Oneself = 2,

    /// <summary>
    /// Somebody whom another counted referral names, earlier by (timestamp, source, uuid), whoever sent it.
    /// </summary>
    NamedBefore = 3,

    /// <summary>Somebody whom no counted referral has named before.</summary>
    Somebody = 4,
}
