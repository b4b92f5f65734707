using CsCheck;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Vesting;

public class ReferralTests
{
    private static readonly VestingCondition Condition =
        Assert.IsType<VestingCondition>(VestingRules.Default.Of("ReferralActivated"));

    private static readonly WeekId Earned = Parsed.Week("2025-W51");

    // Posted on the Monday after: 2025-12-22 and 90 days.
    private static readonly DateOnly UnlocksOn = Parsed.Day("2026-03-22");

    private static readonly EventVerdict Released = new(Verdict.Release, VerdictCause.Referred);
    private static readonly EventVerdict Cancelled = new(Verdict.Cancel, VerdictCause.Referred);

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 }, true)]
    [InlineData(new[] { 0, 3, 5, 12 }, true)] // Not in a row.
    [InlineData(new[] { 0, 1, 2 }, false)]
    [InlineData(new[] { 0, 1, 2, 13 }, false)] // Its Sunday is the unlock day itself.
    [InlineData(new[] { -1, 0, 1, 2 }, false)] // Before the earning week nobody was brought.
    public void Four_weeks_with_a_statement_from_the_earning_week_on_release(int[] weeks, bool releases) =>
        Assert.Equal(releases ? Released : Cancelled, Of(weeks).Judge(Condition));

    [Fact]
    public void The_fourth_week_counts_where_its_last_day_is_before_the_unlock_day()
    {
        var fourth = Of(0, 1, 2, 3);
        var sunday = Week(3).Sunday;
        Assert.Equal(Cancelled, (fourth with { UnlocksOn = sunday }).Judge(Condition));
        Assert.Equal(Released, (fourth with { UnlocksOn = sunday.AddDays(1) }).Judge(Condition));
    }

    [Fact]
    public void While_a_week_that_may_speak_is_not_settled_there_is_no_verdict()
    {
        var referral = Of(0, 1, 2, 3);
        Assert.Equal(Week(12), referral.LastWeek);
        Assert.Null((referral with { LastSettled = Week(11) }).Judge(Condition));
        Assert.Null((referral with { LastSettled = null }).Judge(Condition));
        Assert.Equal(Released, (referral with { LastSettled = Week(12) }).Judge(Condition));
    }

    [Fact]
    public void Whoever_names_nobody_has_no_verdict_themselves_or_somebody_named_before_a_bad_one()
    {
        var referral = Of(0, 1, 2, 3) with { LastSettled = null };
        Assert.Null((referral with { Claim = ReferralClaim.Nobody }).Judge(Condition));
        Assert.Equal(
            new EventVerdict(Verdict.Cancel, VerdictCause.ReferredOneself),
            (referral with { Claim = ReferralClaim.Oneself }).Judge(Condition));
        Assert.Equal(
            new EventVerdict(Verdict.Cancel, VerdictCause.ReferredBefore),
            (referral with { Claim = ReferralClaim.NamedBefore }).Judge(Condition));
    }

    [Fact]
    public void A_person_brought_by_two_is_the_earlier_ones()
    {
        var at = Earned.Start;
        Assert.Equal<ReferralClaim>(
            [ReferralClaim.NamedBefore, ReferralClaim.Somebody, ReferralClaim.Somebody, ReferralClaim.Nobody],
            ReferralClaims.Of(
                [
                    new(new(at.AddHours(1), "a", Guid.Empty), "ann", "carl"),
                    new(new(at, "z", Guid.Empty), "bob", "carl"),
                    new(new(at, "z", Guid.Empty), "bob", "Carl"),
                    new(new(at, "z", Guid.Empty), "bob", null),
                ]));
    }

    [Fact]
    public void Whoever_has_named_themselves_was_named() => Assert.Equal<ReferralClaim>(
        [ReferralClaim.Oneself, ReferralClaim.NamedBefore],
        ReferralClaims.Of(
            [
                new(new(Earned.Start, "a", Guid.Empty), "ann", "ann"),
                new(new(Earned.Start.AddHours(1), "a", Guid.Empty), "bob", "ann"),
            ]));

    [Fact]
    public void Of_any_claims_on_one_person_one_at_most_holds() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3]).Array[1, 10].Sample(entries =>
        {
            var claims = ReferralClaims.Of(
                [
                    .. entries.Select((entry, i) => new NamedReferral(
                        new(Earned.Start.AddHours(entry.Item1), "a", new(i, 0, 0, new byte[8])), $"p{entry.Item2}", "p0")),
                ]);
            Assert.True(claims.Count(claim => claim == ReferralClaim.Somebody) <= 1);
            Assert.DoesNotContain(ReferralClaim.Nobody, claims);
        });

    private static Referral Of(params int[] statementWeeks) => new(
        Earned, UnlocksOn, ReferralClaim.Somebody, statementWeeks.Select(Week).ToHashSet(), LastSettled: Week(20));

    private static WeekId Week(int after) => WeekId.Of(Earned.Monday.AddDays(7 * after));
}
