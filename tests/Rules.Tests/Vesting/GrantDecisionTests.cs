using System.Collections.Immutable;
using CsCheck;
using Stk.Rules.Activity;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;

namespace Stk.Rules.Tests.Vesting;

public class GrantDecisionTests
{
    private static readonly DateOnly UnlocksOn = Parsed.Day("2026-01-21");
    private static readonly DateTimeOffset Noon = Parsed.Instant("2025-12-18T12:00:00Z");
    private static readonly EventVerdict Released = new(Verdict.Release, VerdictCause.NoEvidence);
    private static readonly EventVerdict Withdrawn = new(Verdict.Cancel, VerdictCause.Evidence, Guid.Empty);

    private static EventVerdict? Nothing => null;

    [Fact]
    public void Of_10_STK_on_3_reviews_the_second_withdrawn_two_parts_are_released()
    {
        var decision = Decided(Amount.OfStk(10), "PeerReviewCompleted", [Released, Withdrawn, Released]);
        Assert.Equal(["3.333334", "3.333333", "3.333333"], decision.Parts.Select(part => part.Amount.ToString()));
        Assert.Equal("6.666667", decision.Released.ToString());
        Assert.Equal("3.333333", decision.Cancelled.ToString());
        Assert.Equal(GrantState.Released, GrantStates.OfDecided(decision));
    }

    [Fact]
    public void Nothing_is_decided_before_the_unlock_day()
    {
        Assert.Null(On(UnlocksOn.AddDays(-1), "PeerReviewCompleted", Released));
        Assert.NotNull(On(UnlocksOn, "PeerReviewCompleted", Released));
        Assert.NotNull(On(UnlocksOn.AddDays(400), "PeerReviewCompleted", Released));
    }

    // A project validated on the deadline's day is decided by its run; without a word that run cancels.
    [Fact]
    public void A_project_waits_thirty_days_for_its_validation()
    {
        Assert.Null(On(UnlocksOn, "ProjectMilestoneCompleted", Nothing));
        Assert.Null(On(UnlocksOn.AddDays(29), "ProjectMilestoneCompleted", Nothing));
        var silent = Assert.IsType<GrantDecision>(On(UnlocksOn.AddDays(30), "ProjectMilestoneCompleted", Nothing));
        Assert.Equal(new EventVerdict(Verdict.Cancel, VerdictCause.Silence), Assert.Single(silent.Parts).Verdict);
        Assert.Equal(GrantState.Cancelled, GrantStates.OfDecided(silent));
        Assert.Equal(UnlocksOn.AddDays(30), GrantDecision.DecidesBy(UnlocksOn, VestingRules.Default.Of("ProjectMilestoneCompleted")));
    }

    [Fact]
    public void A_session_that_nobody_rated_is_released_on_its_day()
    {
        var decision = Assert.IsType<GrantDecision>(On(UnlocksOn, "MentoringSessionCompleted", Nothing));
        Assert.Equal(new EventVerdict(Verdict.Release, VerdictCause.Silence), Assert.Single(decision.Parts).Verdict);
    }

    [Fact]
    public void A_grant_is_decided_whole_one_event_without_a_verdict_holds_all()
    {
        var approved = new EventVerdict(Verdict.Release, VerdictCause.Evidence, Guid.Empty);
        Assert.Null(On(UnlocksOn.AddDays(29), "ProjectMilestoneCompleted", approved, null));
        var late = Assert.IsType<GrantDecision>(On(UnlocksOn.AddDays(30), "ProjectMilestoneCompleted", approved, null));
        Assert.Equal((late.Released, late.Cancelled), (new Amount(500_000), new Amount(500_000)));
    }

    [Fact]
    public void What_has_no_condition_is_released_on_its_day() => Assert.Equal(
        VerdictCause.Unconditional,
        Assert.IsType<GrantDecision>(On(UnlocksOn, "CourseCompleted", Nothing)).Parts[0].Verdict.Cause);

    [Fact]
    public void An_operator_cancels_at_any_time_and_releases_from_the_unlock_day_on()
    {
        Assert.True(GrantDecision.OperatorMay(Verdict.Cancel, UnlocksOn, UnlocksOn.AddDays(-30)));
        Assert.False(GrantDecision.OperatorMay(Verdict.Release, UnlocksOn, UnlocksOn.AddDays(-1)));
        Assert.True(GrantDecision.OperatorMay(Verdict.Release, UnlocksOn, UnlocksOn));
        var decision = GrantDecision.ByOperator(Amount.OfStk(1), Events([Withdrawn, null]), Verdict.Release);
        Assert.Equal((Amount.OfStk(1), Amount.Zero), (decision.Released, decision.Cancelled));
        Assert.All(decision.Parts, part => Assert.Equal(VerdictCause.Operator, part.Verdict.Cause));
    }

    [Fact]
    public void An_open_grant_is_frozen_to_the_day_before_and_waits_from_its_day_on()
    {
        Assert.Equal(GrantState.Frozen, GrantStates.OfOpen(UnlocksOn, UnlocksOn.AddDays(-1)));
        Assert.Equal(GrantState.Waiting, GrantStates.OfOpen(UnlocksOn, UnlocksOn));
    }

    [Fact]
    public void A_grant_that_stands_on_no_event_was_altered() =>
        Assert.ThrowsAny<ArgumentException>(() => On(UnlocksOn, "PeerReviewCompleted"));

    [Fact]
    public void Released_and_cancelled_are_together_the_amount_whatever_the_order() =>
        Gen.Select(Gen.Long[1, 8_000_000_000_000_000], Gen.Int[0, 2].Array[1, 30], Gen.Int[0, int.MaxValue])
            .Sample((micro, entries, seed) =>
            {
                EventVerdict?[] all = [Released, Withdrawn, null];
                JudgedEvent[] events = [.. Events([.. entries.Select(entry => all[entry])])];
                var decision = Deadline(new(micro), events);
                Assert.Equal(micro, decision.Released.Micro + decision.Cancelled.Micro);
                Assert.Equal(micro, decision.Parts.Sum(part => part.Amount.Micro));

                new Random(seed).Shuffle(events);
                var other = Deadline(new(micro), events);
                Assert.Equal<DecidedPart>(decision.Parts, other.Parts);
                Assert.Equal((decision.Released, decision.Cancelled), (other.Released, other.Cancelled));
            });

    [Fact]
    public void A_grants_transaction_has_one_id_for_ever()
    {
        var id = VestingIds.Decision(Parsed.Week("2025-W51"), 7, "PeerReviewCompleted", 30);
        Assert.Equal(id, VestingIds.Decision(Parsed.Week("2025-W51"), 7, "PeerReviewCompleted", 30));
        Guid[] others =
        [
            VestingIds.Decision(Parsed.Week("2025-W52"), 7, "PeerReviewCompleted", 30),
            VestingIds.Decision(Parsed.Week("2025-W51"), 8, "PeerReviewCompleted", 30),
            VestingIds.Decision(Parsed.Week("2025-W51"), 7, "ReferralActivated", 30),
            VestingIds.Decision(Parsed.Week("2025-W51"), 7, "PeerReviewCompleted", 60),
        ];
        Assert.Equal(5, others.Append(id).Distinct().Count());
        Assert.Equal(CauseId.Of("vesting", "2025-W51", "7", "PeerReviewCompleted", "30"), id);
    }

    private static GrantDecision Deadline(Amount amount, IEnumerable<JudgedEvent> events) => Assert.IsType<GrantDecision>(
        GrantDecision.On(
            UnlocksOn.AddDays(30), amount, UnlocksOn, [.. events], VestingRules.Default.Of("ProjectMilestoneCompleted")));

    private static GrantDecision? On(DateOnly day, string type, params EventVerdict?[] verdicts) =>
        GrantDecision.On(day, Amount.OfStk(1), UnlocksOn, Events(verdicts), VestingRules.Default.Of(type));

    private static GrantDecision Decided(Amount amount, string type, EventVerdict?[] verdicts) =>
        Assert.IsType<GrantDecision>(
            GrantDecision.On(UnlocksOn, amount, UnlocksOn, Events(verdicts), VestingRules.Default.Of(type)));

    private static ImmutableArray<JudgedEvent> Events(EventVerdict?[] verdicts) =>
    [
        .. verdicts.Select((verdict, i) =>
            new JudgedEvent(new EventPlace(Noon.AddHours(i), "club", new(i, 0, 0, new byte[8])), verdict)),
    ];
}
