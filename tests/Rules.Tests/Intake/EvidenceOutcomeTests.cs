using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Intake;

public class EvidenceOutcomeTests
{
    private const string Milestone = "ProjectMilestoneCompleted";
    private const string Validated = "ProjectValidated";

    private static readonly WeekId Week = Parsed.Week("2025-W51");
    private static readonly DateTimeOffset Noon = Week.Start.AddHours(12);

    private static readonly IntakeView Open = new()
    {
        KnownUuids = new HashSet<Guid>(),
        Genesis = Parsed.Instant("2025-01-06T00:00:00Z"),
        SealedWeeks = new HashSet<WeekId>(),
        RuleBookOf = _ => RuleBook.FromTheSource,
        Participant = 7,
        AutoRegistration = true,
    };

    private static IntakeView Known => Open with { Targets = [Target(1)] };

    [Fact]
    public void Evidence_is_applied_after_its_event_with_it_and_before_it()
    {
        Assert.Equal([EventOutcome.Applied], Outcomes(Known, Evidence(2, of: 1)));
        Assert.Equal([EventOutcome.Counted, EventOutcome.Applied], Outcomes(Open, Event(1, Milestone), Evidence(2, of: 1)));
        Assert.Equal([EventOutcome.Applied, EventOutcome.Counted], Outcomes(Open, Evidence(2, of: 1), Event(1, Milestone)));
    }

    [Fact]
    public void Its_own_weeks_seal_and_that_of_its_event_say_nothing_of_it_nor_an_exclusion()
    {
        var view = Known with
        {
            SealedWeeks = new HashSet<WeekId> { Week, Week.Previous },
            Exclusions = new(before: false, [new(Week.Start, "admin", Guid.Empty, true)]),
        };
        Assert.Equal([EventOutcome.Applied], Outcomes(view, Evidence(2, of: 1)));
        Assert.Equal([EventOutcome.Applied], Outcomes(view, Evidence(2, of: 1, at: Noon.AddDays(-7))));
    }

    [Fact]
    public void Evidence_of_what_is_late_or_decided_is_late_and_so_is_any_from_before_genesis()
    {
        var late = Open with { Targets = [Target(1) with { Outcome = EventOutcome.Late }] };
        Assert.Equal([EventOutcome.Late], Outcomes(late, Evidence(2, of: 1)));
        var (decided, another) = (new HashSet<Guid> { Id(1) }, new HashSet<Guid> { Id(3) });
        Assert.Equal([EventOutcome.Late], Outcomes(Known with { Decided = decided }, Evidence(2, of: 1)));
        Assert.Equal([EventOutcome.Applied], Outcomes(Known with { Decided = another }, Evidence(2, of: 1)));
        Assert.Equal([EventOutcome.Late], Outcomes(Known, Evidence(2, of: 1, at: Open.Genesis.AddTicks(-10))));
        Assert.Equal([EventOutcome.Applied], Outcomes(Known, Evidence(2, of: 1, at: Open.Genesis)));
    }

    [Fact]
    public void Evidence_of_another_source_participant_or_type_is_rejected_by_its_field()
    {
        RetractionTarget[] others =
        [
            Target(1) with { Source = "discourse" }, Target(1) with { Participant = 8 },
            Target(1) with { Type = "PeerReviewCompleted" }, Target(1) with { Type = "ClubPostCreated" },
            Target(1) with { Type = Validated },
        ];
        Assert.All(others, other => Assert.Equal(
            (EventOutcome.Rejected, "properties.for"), First(Open with { Targets = [other] }, Evidence(2, of: 1))));
        Assert.Equal(
            (EventOutcome.Rejected, "properties.for"),
            First(Known with { Participant = null }, Evidence(2, of: 1)));
    }

    [Fact]
    public void The_checks_before_have_the_first_word()
    {
        Assert.Equal(
            (EventOutcome.Duplicate, null),
            First(Known with { KnownUuids = new HashSet<Guid> { Id(2) } }, Evidence(2, of: 1)));
        Assert.Equal((EventOutcome.Rejected, "timestamp"), First(Known, Evidence(2, of: 1, at: Noon.AddYears(1))));
        Assert.Equal(
            (EventOutcome.Rejected, "properties.approved"), First(Known, Evidence(2, of: 1) with { Approved = null }));
    }

    [Fact]
    public void The_rule_book_of_the_events_week_says_what_is_evidence_of_it()
    {
        var source = RuleBook.FromTheSource;
        var other = new RuleBook(
            2, source.Activities, source.Levels, source.Consistency, source.EmissionSharesBp,
            vesting: new([VestingCondition.Of("CourseCompleted", EvidenceKind.ProjectValidated)]));
        var view = Known with { RuleBookOf = week => week < Week ? other : source };
        Assert.Equal((EventOutcome.Applied, null), First(view, Evidence(2, of: 1)));
        Assert.Equal(
            (EventOutcome.Rejected, "properties.for"),
            First(view with { Targets = [Target(1) with { At = Noon.AddDays(-7) }] }, Evidence(2, of: 1)));
        Assert.Equal(
            (EventOutcome.Applied, null),
            First(
                view with { Targets = [Target(1) with { At = Noon.AddDays(-7), Type = "CourseCompleted" }] },
                Evidence(2, of: 1)));
    }

    [Fact]
    public void Evidence_is_taken_back_in_either_order_until_the_decision()
    {
        var taken = Target(2) with { Type = Validated, Outcome = EventOutcome.Applied, For = Id(1) };
        var view = Known with { Targets = [Target(1), taken], SealedWeeks = new HashSet<WeekId> { Week } };
        Assert.Equal((EventOutcome.Applied, null), First(view, Retraction(3, of: 2)));
        Assert.Equal((EventOutcome.Applied, null), First(Open, Retraction(3, of: 2)));
        Assert.Equal(
            [EventOutcome.Applied, EventOutcome.Applied], Outcomes(Known, Retraction(3, of: 2), Evidence(2, of: 1)));
        Assert.Equal(
            (EventOutcome.Late, null), First(view with { Decided = new HashSet<Guid> { Id(1) } }, Retraction(3, of: 2)));
        Assert.Equal(
            (EventOutcome.Late, null),
            First(view with { Targets = [taken with { Outcome = EventOutcome.Late }] }, Retraction(3, of: 2)));
    }

    [Fact]
    public void A_retraction_of_other_evidence_is_rejected_by_its_field()
    {
        var taken = Target(2) with { Type = Validated, For = Id(1) };
        RetractionTarget[] others =
        [
            taken with { Source = "discourse" }, taken with { Participant = 8 }, taken with { Type = "MentoringRated" },
            taken with { Type = Milestone },
        ];
        Assert.All(others, other => Assert.Equal(
            (EventOutcome.Rejected, "properties.retracts"), First(Open with { Targets = [other] }, Retraction(3, of: 2))));
    }

    // It counts for nothing, before it and after it.
    [Fact]
    public void Evidence_moves_no_limit() => Assert.Empty(
        OutcomeRules.Decide(
            new("posthog", [Evidence(2, of: 1), Retraction(3, of: 2), Retraction(4, of: 5)], Noon), Known).LiveChanges);

    private static RetractionTarget Target(int id) =>
        new(Id(id), "posthog", 7, Milestone, Noon, EventOutcome.Counted, IsRetracted: false);

    private static ActivityEvent Event(int id, string type) => new(Id(id), type, "ann", Noon);

    private static ActivityEvent Evidence(int id, int of, DateTimeOffset? at = null) =>
        new(Id(id), Validated, "ann", at ?? Noon) { For = Id(of), Approved = true };

    private static ActivityEvent Retraction(int id, int of) =>
        new(Id(id), Validated + ControlEvents.RetractedSuffix, "ann", Noon) { Retracts = Id(of) };

    private static (EventOutcome Outcome, string? Field) First(IntakeView view, ActivityEvent activity)
    {
        var decided = Assert.Single(OutcomeRules.Decide(new("posthog", [activity], Noon), view).Events);
        return (decided.Outcome, decided.Objection?.Field);
    }

    private static IEnumerable<EventOutcome> Outcomes(IntakeView view, params ActivityEvent[] events) =>
        OutcomeRules.Decide(new("posthog", [.. events], Noon), view).Events.Select(decided => decided.Outcome);

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
