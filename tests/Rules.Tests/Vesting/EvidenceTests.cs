using CsCheck;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;

namespace Stk.Rules.Tests.Vesting;

public class EvidenceTests
{
    private static readonly DateTimeOffset Noon = Parsed.Instant("2025-12-18T12:00:00Z");
    private static readonly VestingCondition Project = Condition("ProjectMilestoneCompleted");
    private static readonly VestingCondition Mentoring = Condition("MentoringSessionCompleted");
    private static readonly VestingCondition Review = Condition("PeerReviewCompleted");

    [Fact]
    public void A_review_that_is_not_withdrawn_is_released_and_one_that_is_is_cancelled()
    {
        Assert.Equal(new EventVerdict(Verdict.Release, VerdictCause.NoEvidence), Evidence.Judge([], Review));
        Assert.Equal(
            new EventVerdict(Verdict.Cancel, VerdictCause.Evidence, Id(1)), Evidence.Judge([Withdrawn(1)], Review));
    }

    [Fact]
    public void Of_a_project_and_a_session_silence_is_no_verdict_yet()
    {
        Assert.Null(Evidence.Judge([], Project));
        Assert.Null(Evidence.Judge([], Mentoring));
    }

    [Theory]
    [InlineData(true, Verdict.Release)]
    [InlineData(false, Verdict.Cancel)]
    public void The_last_validation_counts(bool last, Verdict verdict) => Assert.Equal(
        new EventVerdict(verdict, VerdictCause.Evidence, Id(2)),
        Evidence.Judge([Validated(2, last, hours: 1), Validated(1, !last, hours: 0)], Project));

    [Theory]
    [InlineData(1, Verdict.Cancel)]
    [InlineData(2, Verdict.Cancel)]
    [InlineData(3, Verdict.Release)]
    [InlineData(5, Verdict.Release)]
    public void A_rating_of_three_or_more_releases(int rating, Verdict verdict) =>
        Assert.Equal(verdict, Evidence.Judge([Rated(1, rating, hours: 0)], Mentoring)?.Verdict);

    [Fact]
    public void A_rating_changed_from_2_to_4_releases_and_taken_back_it_is_2_again()
    {
        var (first, second) = (Rated(1, 2, hours: 0), Rated(2, 4, hours: 1));
        Assert.Equal(Verdict.Release, Evidence.Judge([first, second], Mentoring)?.Verdict);
        Assert.Equal(
            new EventVerdict(Verdict.Cancel, VerdictCause.Evidence, Id(1)),
            Evidence.Judge([first, second with { IsRetracted = true }], Mentoring));
        Assert.Null(Evidence.Judge([first with { IsRetracted = true }], Mentoring));
    }

    [Fact]
    public void A_withdrawal_that_is_taken_back_was_none() => Assert.Equal(
        VerdictCause.NoEvidence, Evidence.Judge([Withdrawn(1) with { IsRetracted = true }], Review)?.Cause);

    [Fact]
    public void At_one_instant_the_source_decides_by_code_point_then_the_uuid()
    {
        var a = new Evidence(new(Noon, "\uE000", Id(9)), EvidenceKind.ProjectValidated, Approved: false);
        // U+10000 comes after U+E000, and before it by UTF-16.
        var b = new Evidence(new(Noon, "\U00010000", Id(1)), EvidenceKind.ProjectValidated, Approved: true);
        Assert.Equal(Verdict.Release, Evidence.Judge([b, a], Project)?.Verdict);
        Assert.Equal(
            Verdict.Cancel,
            Evidence.Judge([b with { Place = b.Place with { Source = "\uE000" } }, a], Project)?.Verdict);
    }

    [Fact]
    public void Evidence_of_another_kind_says_nothing() =>
        Assert.Null(Evidence.Judge([Validated(1, true, hours: 0)], Mentoring));

    [Fact]
    public void Evidence_without_its_value_was_altered()
    {
        var empty = new Evidence(new(Noon, "club", Id(1)), EvidenceKind.ProjectValidated);
        Assert.Throws<InvalidDataException>(() => Evidence.Judge([empty], Project));
        Assert.Throws<InvalidDataException>(
            () => Evidence.Judge([empty with { Kind = EvidenceKind.MentoringRated }], Mentoring));
    }

    [Fact]
    public void Any_order_of_evidence_gives_the_same_verdict() =>
        Gen.Select(Gen.Select(Gen.Int[1, 5], Gen.Int[0, 2], Gen.Bool).Array[0, 8], Gen.Int[0, int.MaxValue])
            .Sample((entries, seed) =>
            {
                Evidence[] evidence =
                [
                    .. entries.Select((entry, i) =>
                        Rated(i, entry.Item1, entry.Item2) with { IsRetracted = entry.Item3 }),
                ];
                var verdict = Evidence.Judge(evidence, Mentoring);
                new Random(seed).Shuffle(evidence);
                Assert.Equal(verdict, Evidence.Judge(evidence, Mentoring));
            });

    private static VestingCondition Condition(string type) => Assert.IsType<VestingCondition>(VestingRules.Default.Of(type));

    private static Evidence Withdrawn(int id) => new(new(Noon, "club", Id(id)), EvidenceKind.PeerReviewWithdrawn);

    private static Evidence Validated(int id, bool approved, int hours) =>
        new(new(Noon.AddHours(hours), "club", Id(id)), EvidenceKind.ProjectValidated, Approved: approved);

    private static Evidence Rated(int id, int rating, int hours) =>
        new(new(Noon.AddHours(hours), "club", Id(id)), EvidenceKind.MentoringRated, Rating: rating);

    private static Guid Id(int number) => new(number + 1, 0, 0, new byte[8]);
}
