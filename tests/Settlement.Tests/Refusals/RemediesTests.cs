using Stk.Settlement.Acts;
using Stk.Settlement.Machine;
using Stk.Settlement.Plans;
using Stk.Settlement.Refusals;

namespace Stk.Settlement.Tests.Refusals;

/// <summary>What becomes of payouts that the signer refuses.</summary>
public class RemediesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);
    private static readonly Guid Guilty = TestBatch.PayoutId(2);

    [Fact]
    public void A_payout_above_the_cap_goes_back_and_the_others_wait_for_a_new_act()
    {
        var run = TestRun.In(ActState.Planned);

        var release = Assert.IsType<Order.Release>(Assert.Single(run.See(new Seen.Refused(1, Of("payout-max", Guilty)))));

        Assert.Equal((ActState.Failed, new ReturnedPayout(Guilty, PayeeFlaw.AboveMaximum)),
            (run.Act.State, Assert.Single(release.Returned)));
        Assert.Equal([TestBatch.PayoutId(1), TestBatch.PayoutId(3)], release.Others.AsEnumerable());
    }

    [Theory]
    [InlineData("destination-unripe")]
    [InlineData("proof-wrong")]
    [InlineData("proof-of-another")]
    public void What_is_refused_for_itself_is_set_aside_and_nothing_goes_back(string rule)
    {
        var remedy = Assert.IsType<Remedy.SetAside>(Of(rule, Guilty));
        var run = TestRun.In(ActState.Planned);

        var release = Assert.IsType<Order.Release>(Assert.Single(run.See(new Seen.Refused(1, remedy))));

        Assert.Equal((Guilty, Now + Remedies.Pause), (Assert.Single(remedy.Payouts), remedy.Until));
        Assert.Equal((ActState.Failed, 0, 3), (run.Act.State, release.Returned.Length, release.Others.Length));
    }

    [Theory]
    [InlineData("2026-01-05T06:00:00Z", "2026-01-06T00:05:00Z")]
    [InlineData("2026-01-05T23:59:59Z", "2026-01-06T00:05:00Z")]
    // The signer's clock may be behind: its day goes on a little longer.
    [InlineData("2026-01-06T00:04:59Z", "2026-01-06T00:05:00Z")]
    [InlineData("2026-01-06T00:05:00Z", "2026-01-07T00:05:00Z")]
    public void What_the_day_has_no_room_for_waits_for_the_next(string now, string until)
    {
        var remedy = Assert.IsType<Remedy.SetAside>(Remedies.Of("daily-cap", null, Planned, DateTimeOffset.Parse(now, null)));

        Assert.Equal((3, DateTimeOffset.Parse(until, null)), (remedy.Payouts.Length, remedy.Until));
    }

    [Theory]
    [InlineData("signed-before", null)]
    [InlineData("landed", null)]
    [InlineData("payout-differs", 2)]
    public void What_may_be_paid_already_goes_alone_and_alone_it_stays_with_its_batch(string rule, int? named)
    {
        Guid? payout = named is { } place ? TestBatch.PayoutId(place) : null;
        var only = Planned.Plan.Payouts.Single(one => one.Id == Guilty);
        var alone = Planned with { Plan = Planned.Plan with { Payouts = [only] } };

        var remedy = Assert.IsType<Remedy.SetAside>(Remedies.Of(rule, payout, Planned, Now));

        Assert.Equal((named is null ? 3 : 1, Now), (remedy.Payouts.Length, remedy.Until));
        Assert.IsType<Remedy.AskAgain>(Remedies.Of(rule, payout, alone, Now));
    }

    // The signer's nodes may be moments behind ours.
    [Theory]
    [InlineData("signed-before", true)]
    [InlineData("landed", false)]
    public void What_was_signed_in_the_same_act_is_asked_for_again(string rule, bool isSoon) => Assert.Equal(
        new Remedy.AskAgain(isSoon), Remedies.Of(rule, null, TestRun.In(ActState.Expired).Act, Now));

    [Theory]
    [InlineData("malformed")]
    [InlineData("book-locked")]
    [InlineData("plan-differs")]
    [InlineData("message-differs")]
    [InlineData("attempt-differs")]
    [InlineData("a rule of a later build")]
    public void What_is_no_payouts_fault_changes_nothing_and_is_asked_for_each_minute(string rule)
    {
        var run = TestRun.In(ActState.Planned);
        var before = run.Act;

        Assert.Empty(run.See(new Seen.Refused(1, Of(rule, Guilty))));

        Assert.Equal(before, run.Act);
        run.Wait(59);
        Assert.Empty(run.Wake());
        run.Wait(1);
        Assert.IsType<Order.TryOut>(Assert.Single(run.Wake()));
    }

    [Fact]
    public void A_payout_that_the_act_does_not_have_is_nobodys_fault() =>
        Assert.IsType<Remedy.AskAgain>(Of("payout-max", TestBatch.PayoutId(9)));

    [Theory]
    [InlineData(ActState.Signed)]
    [InlineData(ActState.Sent)]
    [InlineData(ActState.Uncertain)]
    [InlineData(ActState.Finalized)]
    [InlineData(ActState.Failed)]
    public void A_refusal_that_comes_late_changes_nothing_of_what_may_land(ActState state)
    {
        foreach (var number in (int[])[1, 2])
        {
            foreach (var rule in (string[])["payout-max", "daily-cap", "landed"])
            {
                var run = TestRun.In(state);
                var before = run.Act;

                Assert.Empty(run.See(new Seen.Refused(number, Of(rule, Guilty))));

                Assert.Equal(before, run.Act);
            }
        }
    }

    [Fact]
    public void What_has_expired_and_is_refused_then_is_released_as_it_is()
    {
        var run = TestRun.In(ActState.Expired);

        Assert.IsType<Order.Release>(Assert.Single(run.See(new Seen.Refused(2, Of("daily-cap", null)))));

        Assert.Equal((ActState.Failed, AttemptOutcome.Expired), (run.Act.State, run.Act.Last?.Outcome));
    }

    private static ChainAct Planned => TestRun.In(ActState.Planned).Act;

    private static Remedy Of(string rule, Guid? payout) => Remedies.Of(rule, payout, Planned, Now);
}
