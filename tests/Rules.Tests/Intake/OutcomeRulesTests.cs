using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Intake;

public class OutcomeRulesTests
{
    private const string Post = "ClubPostCreated";
    private const string PostRetracted = "ClubPostCreatedRetracted";
    private const string Reading = "SectionCompleted";

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

    private static IntakeView Sealed => Open with { SealedWeeks = new HashSet<WeekId> { Week } };

    private static IntakeView Excluded => Open with
    {
        Exclusions = new(before: false, [new(Week.Start, "admin", Guid.Empty, true)]),
    };

    [Fact]
    public void Events_count_up_to_the_days_limit()
    {
        var decision = Decide(Open, [.. Enumerable.Range(1, 7).Select(i => Event(i, Reading))]);
        Assert.Equal(
            [.. Enumerable.Repeat(EventOutcome.Counted, 5), EventOutcome.OverLimit, EventOutcome.OverLimit],
            Outcomes(decision));
        Assert.Equal(7, Assert.Single(decision.LiveChanges).Value);
    }

    [Fact]
    public void A_limit_is_of_one_day_and_one_type()
    {
        var live = new Dictionary<ActivityDay, int> { [new(Week.Monday, Post)] = 1 };
        Assert.Equal(
            [EventOutcome.OverLimit, EventOutcome.Counted, EventOutcome.Counted],
            Outcomes(Decide(Open with { Live = live },
                Event(1, Post), Event(2, Post, Noon.AddDays(1)), Event(3, Reading))));
    }

    [Fact]
    public void An_events_own_utc_day_decides() =>
        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.Counted],
            Outcomes(Decide(Open,
                Event(1, Post, Week.Start.AddDays(1).AddTicks(-10)), Event(2, Post, Week.Start.AddDays(1)))));

    [Fact]
    public void What_is_too_old_for_its_source_is_held_and_takes_no_place()
    {
        var view = Open with { HeldAfter = TimeSpan.FromHours(1), Participant = null };

        var decision = DecideAt(
            Noon.AddHours(1).AddTicks(10), view, Event(1, Post), Event(2, Post, Noon.AddTicks(10)), Event(1, Post),
            Retraction(3, of: 9), Level(4, 2), Event(5, "PageView"));

        Assert.Equal(
            [
                EventOutcome.Held, EventOutcome.Counted, EventOutcome.Held, EventOutcome.Applied, EventOutcome.Applied,
                EventOutcome.Ignored,
            ],
            Outcomes(decision));
        Assert.Equal(1, Assert.Single(decision.LiveChanges).Value);
        Assert.False(DecideAt(Noon.AddHours(2), view, Event(1, Post)).Registers);
    }

    [Fact]
    public void What_is_late_or_known_is_not_held()
    {
        var age = TimeSpan.FromHours(1);

        Assert.Equal([EventOutcome.Late], Outcomes(Decide(Sealed with { HeldAfter = age }, Event(1, Post))));
        Assert.Equal(
            [EventOutcome.Duplicate],
            Outcomes(Decide(Open with { HeldAfter = age, KnownUuids = new HashSet<Guid> { Id(1) } }, Event(1, Post))));
    }

    [Fact]
    public void A_uuid_twice_in_one_batch_counts_once() =>
        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.Duplicate],
            Outcomes(Decide(Open, Event(1, Reading), Event(1, Reading))));

    [Fact]
    public void A_known_uuid_is_a_duplicate_whatever_else_it_says()
    {
        var known = new HashSet<Guid> { Id(1) };
        IntakeView[] views = [Open, Sealed, Excluded, Open with { Participant = null, AutoRegistration = false }];
        ActivityEvent[] events =
            [Event(1, Reading), Event(1, "PageView"), Event(1, Reading, Noon.AddYears(900)), Retraction(1, of: 2)];
        foreach (var view in views)
        {
            foreach (var activity in events)
            {
                var decision = Decide(view with { KnownUuids = known }, activity);
                Assert.Equal([EventOutcome.Duplicate], Outcomes(decision));
                Assert.Empty(decision.LiveChanges);
                Assert.False(decision.Registers);
            }
        }
    }

    [Fact]
    public void Malformed_comes_before_duplicate() =>
        Assert.Equal(
            (EventOutcome.Rejected, "properties.days"),
            Rejection(Open with { KnownUuids = new HashSet<Guid> { Id(1) } },
                Event(1, "ProjectMilestoneCompleted") with { Days = 91 }));

    [Fact]
    public void An_unknown_participant_is_rejected_where_registration_is_off() =>
        Assert.Equal(
            (EventOutcome.Rejected, "distinct_id"),
            Rejection(Open with { Participant = null, AutoRegistration = false }, Event(1, Reading)));

    [Theory]
    [InlineData("undefined")]
    [InlineData("null")]
    [InlineData("None")]
    [InlineData("NaN")]
    [InlineData("true")]
    [InlineData("FALSE")]
    [InlineData("0")]
    [InlineData("[object Object]")]
    [InlineData("[OBJECT OBJECT]")]
    [InlineData("anonymous")]
    [InlineData("Guest")]
    [InlineData("distinct_id")]
    [InlineData("ID")]
    [InlineData("email")]
    [InlineData("not_authenticated")]
    public void A_placeholder_registers_nobody_and_who_has_such_an_id_goes_on(string id)
    {
        var sent = Event(1, Reading) with { DistinctId = id };
        var unknown = Decide(Open with { Participant = null }, sent);

        Assert.Equal(new("distinct_id", "placeholder"), unknown.Events[0].Objection);
        Assert.Equal([EventOutcome.Rejected], Outcomes(unknown));
        Assert.False(unknown.Registers);
        Assert.Equal([EventOutcome.Counted], Outcomes(Decide(Open, sent)));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("nulls")]
    [InlineData("user_id")]
    [InlineData("ann@undefined")]
    [InlineData("\u0456d")] // Ukrainian i
    public void An_id_that_only_resembles_a_placeholder_is_an_id(string id) =>
        Assert.True(Decide(Open with { Participant = null }, Event(1, Reading) with { DistinctId = id }).Registers);

    [Theory]
    [InlineData("maria-orlova ")]
    [InlineData("maria-orlova\uFE0F")]
    [InlineData("fund:treasury")]
    public void Nobody_new_comes_in_under_a_name_that_is_a_twin_or_ours_and_who_has_one_goes_on(string id)
    {
        var sent = Event(1, Reading) with { DistinctId = id };
        var unknown = Decide(Open with { Participant = null }, sent);

        Assert.Equal([EventOutcome.Rejected], Outcomes(unknown));
        Assert.Equal("distinct_id", unknown.Events[0].Objection!.Value.Field);
        Assert.False(unknown.Registers);
        Assert.Equal([EventOutcome.Counted], Outcomes(Decide(Open, sent)));
    }

    // Malformed, duplicate, placeholder, time: the order of the checks.
    [Fact]
    public void A_placeholder_is_looked_at_where_an_unknown_participant_is()
    {
        var sent = Event(1, Reading, Noon.AddYears(900)) with { DistinctId = "undefined" };
        var unknown = Open with { Participant = null };
        Assert.Equal((EventOutcome.Rejected, "distinct_id"), Rejection(unknown, sent));
        Assert.Equal(
            [EventOutcome.Duplicate], Outcomes(Decide(unknown with { KnownUuids = new HashSet<Guid> { Id(1) } }, sent)));
        Assert.Equal(
            (EventOutcome.Rejected, "properties.days"),
            Rejection(unknown, Event(1, "ProjectMilestoneCompleted") with { Days = 91, DistinctId = "undefined" }));
        Assert.Equal((EventOutcome.Rejected, "timestamp"), Rejection(Open, sent));
    }

    [Theory]
    [InlineData(Reading)]
    [InlineData("PageView")]
    public void An_unknown_participant_is_registered_by_any_stored_event(string type)
    {
        Assert.True(Decide(Open with { Participant = null }, Event(1, type)).Registers);
        Assert.False(Decide(Open, Event(1, type)).Registers);
    }

    [Fact]
    public void An_unknown_participant_is_not_registered_by_a_rejected_event() =>
        Assert.False(Decide(Open with { Participant = null }, Event(1, Reading, Noon.AddYears(1))).Registers);

    [Theory]
    [InlineData("2025-12-15T12:05:00Z", EventOutcome.Counted)]
    [InlineData("2025-12-15T12:05:00.000001Z", EventOutcome.Rejected)]
    [InlineData("9999-12-31T23:59:59Z", EventOutcome.Rejected)]
    [InlineData("1999-12-31T23:59:59.999999Z", EventOutcome.Rejected)]
    [InlineData("0001-01-01T00:00:00Z", EventOutcome.Rejected)]
    [InlineData("2000-01-01T00:00:00Z", EventOutcome.Late)]
    [InlineData("2025-01-05T23:59:59Z", EventOutcome.Late)]
    [InlineData("2025-01-06T00:00:00Z", EventOutcome.Counted)]
    public void Time_bounds_are_exact(string at, EventOutcome outcome)
    {
        var decision = DecideAt(Noon, Open, Event(1, Reading, Parsed.Instant(at)));
        Assert.Equal([outcome], Outcomes(decision));
        Assert.Equal(outcome == EventOutcome.Rejected ? "timestamp" : null, decision.Events[0].Objection?.Field);
    }

    [Theory]
    [InlineData("PageView")]
    [InlineData("PageViewRetracted")]
    [InlineData("sectionCompleted")]
    [InlineData("SectionCompleted ")]
    [InlineData("qualificationChanged")]
    public void A_type_of_no_weight_is_ignored(string type)
    {
        Assert.Equal([EventOutcome.Ignored], Outcomes(Decide(Open, Event(1, type))));
        Assert.Equal([EventOutcome.Ignored], Outcomes(Decide(Sealed, Event(1, type))));
        Assert.Empty(Decide(Open, Event(1, type)).LiveChanges);
    }

    [Fact]
    public void The_rule_book_of_the_events_week_decides()
    {
        var source = RuleBook.FromTheSource;
        var other = new RuleBook(
            2, [new("PageView", 1, 2, 0, 0, RuleOrigin.Ours)], source.Levels, source.Consistency, source.EmissionSharesBp);
        var view = Open with { RuleBookOf = week => week < Week ? other : source };
        Assert.Equal(
            [EventOutcome.Ignored, EventOutcome.Counted, EventOutcome.Counted, EventOutcome.OverLimit],
            Outcomes(Decide(view,
                Event(1, "PageView"),
                Event(2, "PageView", Noon.AddDays(-7)),
                Event(3, "PageView", Noon.AddDays(-7)),
                Event(4, "PageView", Noon.AddDays(-7)))));
    }

    [Fact]
    public void An_excluded_accounts_events_are_ignored_and_keep_their_places()
    {
        var decision = Decide(Excluded, Event(1, Reading), Level(2, 3), Event(3, Reading, Noon.AddDays(-7)));
        Assert.Equal([EventOutcome.Ignored, EventOutcome.Ignored, EventOutcome.Counted], Outcomes(decision));
        Assert.Equal(2, decision.LiveChanges.Count);
    }

    [Fact]
    public void A_sealed_week_takes_nothing_any_more()
    {
        var decision = Decide(Sealed, Event(1, Reading), Level(2, 3), Retraction(3, of: 1, "SectionCompletedRetracted"));
        Assert.Equal([EventOutcome.Late, EventOutcome.Late, EventOutcome.Late], Outcomes(decision));
        Assert.Empty(decision.LiveChanges);
    }

    [Fact]
    public void A_level_is_applied() => Assert.Equal([EventOutcome.Applied], Outcomes(Decide(Open, Level(1, 3))));

    [Fact]
    public void A_retraction_frees_the_place_for_the_next()
    {
        var decision = Decide(Open, Event(1, Post), Event(2, Post), Retraction(3, of: 1), Event(4, Post));
        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.OverLimit, EventOutcome.Applied, EventOutcome.OverLimit],
            Outcomes(decision));
        Assert.Equal(2, decision.LiveChanges[new(Week.Monday, Post)]);

        var freed = Decide(Open, Event(1, Post), Retraction(3, of: 1), Event(4, Post));
        Assert.Equal([EventOutcome.Counted, EventOutcome.Applied, EventOutcome.Counted], Outcomes(freed));
    }

    [Fact]
    public void A_retraction_of_a_stored_event_takes_it_off_its_own_day()
    {
        var decision = Decide(
            Open with { Targets = [Target(1) with { At = Noon.AddDays(-7) }] }, Retraction(3, of: 1));
        Assert.Equal([EventOutcome.Applied], Outcomes(decision));
        Assert.Equal(-1, decision.LiveChanges[new(Week.Monday.AddDays(-7), Post)]);
    }

    [Fact]
    public void A_second_retraction_of_the_same_event_frees_nothing()
    {
        var twice = Decide(Open with { Targets = [Target(1)] }, Retraction(3, of: 1), Retraction(4, of: 1));
        Assert.Equal([EventOutcome.Applied, EventOutcome.Applied], Outcomes(twice));
        Assert.Equal(-1, twice.LiveChanges[new(Week.Monday, Post)]);
        Assert.Empty(
            Decide(Open with { Targets = [Target(1) with { IsRetracted = true }] }, Retraction(5, of: 1)).LiveChanges);
    }

    [Fact]
    public void A_retraction_that_comes_first_waits_for_its_event()
    {
        var together = Decide(Open, Retraction(3, of: 1), Event(1, Post), Event(2, Post));
        Assert.Equal([EventOutcome.Applied, EventOutcome.Counted, EventOutcome.Counted], Outcomes(together));
        Assert.Equal(1, together.LiveChanges[new(Week.Monday, Post)]);

        var waiting = Open with { Waiting = new HashSet<WaitingRetraction> { new(Id(1), PostRetracted) } };
        var apart = Decide(waiting, Event(1, Post), Event(2, Post), Retraction(4, of: 1));
        Assert.Equal([EventOutcome.Counted, EventOutcome.Counted, EventOutcome.Applied], Outcomes(apart));
        Assert.Equal(1, apart.LiveChanges[new(Week.Monday, Post)]);
    }

    [Fact]
    public void A_waiting_retraction_of_another_type_does_not_take_effect()
    {
        var decision = Decide(Open, Retraction(3, of: 1, type: "SectionCompletedRetracted"), Event(1, Post));
        Assert.Equal([EventOutcome.Applied, EventOutcome.Counted], Outcomes(decision));
        Assert.Equal(1, decision.LiveChanges[new(Week.Monday, Post)]);
    }

    [Fact]
    public void A_target_of_another_source_participant_or_type_is_refused()
    {
        RetractionTarget[] others =
        [
            Target(1) with { Source = "discourse" }, Target(1) with { Participant = 8 }, Target(1) with { Type = Reading },
        ];
        foreach (var other in others)
        {
            Assert.Equal(
                (EventOutcome.Rejected, "properties.retracts"),
                Rejection(Open with { Targets = [other] }, Retraction(3, of: 1)));
        }

        Assert.Equal(
            (EventOutcome.Rejected, "properties.retracts"),
            Rejection(Open with { Targets = [Target(1)], Participant = null }, Retraction(3, of: 1)));
    }

    [Fact]
    public void Of_one_uuid_from_two_sources_our_own_is_meant()
    {
        RetractionTarget[] both = [Target(1), Target(1) with { Source = "discourse", Participant = 8 }];
        foreach (var targets in new[] { both, [.. both.Reverse()] })
        {
            var decision = Decide(Open with { Targets = targets }, Retraction(3, of: 1));
            Assert.Equal([EventOutcome.Applied], Outcomes(decision));
            Assert.Equal(-1, decision.LiveChanges[new(Week.Monday, Post)]);
        }
    }

    [Fact]
    public void A_retraction_of_what_is_late_or_sealed_is_late()
    {
        var before = Noon.AddDays(-7);
        var late = Open with { Targets = [Target(1) with { Outcome = EventOutcome.Late }] };
        var past = Open with
        {
            Targets = [Target(1) with { At = before }],
            SealedWeeks = new HashSet<WeekId> { Week.Previous },
        };
        Assert.Equal([EventOutcome.Late], Outcomes(Decide(late, Retraction(3, of: 1))));
        Assert.Equal([EventOutcome.Late], Outcomes(Decide(past, Retraction(3, of: 1))));
        Assert.Empty(Decide(past, Retraction(3, of: 1)).LiveChanges);
    }

    [Fact]
    public void A_waiting_retraction_is_late_by_its_own_week()
    {
        Assert.Equal([EventOutcome.Late], Outcomes(Decide(Sealed, Retraction(3, of: 1))));
        Assert.Equal([EventOutcome.Applied], Outcomes(Decide(Sealed, Retraction(3, of: 1, at: Week.End))));
    }

    [Fact]
    public void A_rejected_event_is_not_known_afterwards() =>
        Assert.Equal(
            [EventOutcome.Rejected, EventOutcome.Counted],
            Outcomes(Decide(Open, Event(1, Reading, Noon.AddYears(1)), Event(1, Reading))));

    [Fact]
    public void There_is_one_outcome_an_event_in_the_order_sent()
    {
        ActivityEvent[] events = [Event(2, Reading), Event(1, "PageView"), Event(2, Reading), Event(3, Reading, Noon.AddYears(1))];
        Assert.Equal(events, Decide(Open, events).Events.Select(decided => decided.Event));
        Assert.Empty(Decide(Open).Events);
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static ActivityEvent Event(int id, string type, DateTimeOffset? at = null) =>
        new(Id(id), type, "ann", at ?? Noon);

    private static ActivityEvent Level(int id, int level) =>
        Event(id, ControlEvents.QualificationChanged) with { Level = level };

    private static ActivityEvent Retraction(
        int id, int of, string type = PostRetracted, DateTimeOffset? at = null) =>
        Event(id, type, at) with { Retracts = Id(of) };

    private static RetractionTarget Target(int id) =>
        new(Id(id), "posthog", Participant: 7, Post, Noon, EventOutcome.Counted, IsRetracted: false);

    private static IntakeDecision Decide(IntakeView view, params ActivityEvent[] events) =>
        DecideAt(Week.End, view, events);

    private static IntakeDecision DecideAt(DateTimeOffset now, IntakeView view, params ActivityEvent[] events) =>
        OutcomeRules.Decide(new("posthog", [.. events], now), view);

    private static EventOutcome[] Outcomes(IntakeDecision decision) =>
        [.. decision.Events.Select(decided => decided.Outcome)];

    private static (EventOutcome Outcome, string? Field) Rejection(IntakeView view, ActivityEvent activity)
    {
        var decision = Decide(view, activity);
        Assert.Empty(decision.LiveChanges);
        return (decision.Events[0].Outcome, decision.Events[0].Objection?.Field);
    }
}
