using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Participants;
using Xunit;

namespace Stk.Grains.Tests.Activity;

[Collection(EconomyCollection.Name)]
public sealed class IntakeTests(EconomyServer server)
{
    [Fact]
    public async Task A_request_sent_again_is_all_duplicate_and_changes_nothing()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        Sent[] events =
        [
            Sent.Of("again-1", "ClubPostCreated", week.Start),
            Sent.Of("again-1", "ClubPostCreated", week.Start),
            Sent.Of("again-2", "QualificationChanged", week.Start, level: 2),
            Sent.Of("again-2", "PageView", week.Start),
        ];
        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.OverLimit, EventOutcome.Applied, EventOutcome.Ignored],
            await economy.Outcomes("again", events));
        var before = await Stored(economy);

        Assert.All(await economy.Outcomes("again", events), outcome => Assert.Equal(EventOutcome.Duplicate, outcome));

        Assert.Equal(before, await Stored(economy));
        Assert.Equal(200, (await economy.Participant("again-1").GetLimits()).PointsThisWeek);
    }

    [Fact]
    public async Task The_same_event_twice_in_one_request_counts_once()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var sent = Sent.Of("twice", "ExerciseSave", week.Start);

        Assert.Equal([EventOutcome.Counted, EventOutcome.Duplicate], await economy.Outcomes("twice", sent, sent));

        Assert.Equal(100, (await economy.Participant("twice").GetLimits()).PointsThisWeek);
    }

    [Fact]
    public async Task The_same_uuid_of_another_source_is_another_event()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var sent = Sent.Of("sources", "ExerciseSave", week.Start);

        Assert.Equal([EventOutcome.Counted], await economy.Outcomes("one", sent));
        Assert.Equal([EventOutcome.Counted], await economy.Outcomes("other", sent));
    }

    [Fact]
    public async Task The_same_events_from_many_requests_at_once_are_stored_once()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var events = Enumerable.Range(0, 40).Select(i => Sent.Of($"storm-{i % 8}", "ClubLikeGiven", week.Start)).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => economy.Outcomes("storm", events)));

        for (var i = 0; i < events.Length; i++)
        {
            Assert.Single(answers, answer => answer[i] is EventOutcome.Counted or EventOutcome.OverLimit);
            Assert.Equal(5, answers.Count(answer => answer[i] == EventOutcome.Duplicate));
        }
    }

    [Fact]
    public async Task A_limit_is_answered_after_each_event_and_a_retraction_frees_its_place()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var participant = economy.Participant("limits");
        Sent? first = null;
        for (var number = 1; number <= 6; number++)
        {
            var sent = Sent.Of("limits", "SectionCompleted", week.Start.AddMinutes(number));
            first ??= sent;
            var expected = number <= 5 ? EventOutcome.Counted : EventOutcome.OverLimit;
            Assert.Equal([expected], await economy.Outcomes("limits", sent));

            var limit = (await participant.GetLimits()).Limits.Single(view => view.Type == "SectionCompleted");
            Assert.Equal((5, number, Math.Min(5, number)), (limit.Limit, limit.Received, limit.Counted));
        }

        Assert.Equal([EventOutcome.Applied], await economy.Outcomes("limits", first!.Retraction(week.Start.AddHours(1))));

        var limits = await participant.GetLimits();
        Assert.Equal(5, limits.Limits.Single(view => view.Type == "SectionCompleted").Received);
        Assert.Equal((250, 250), (limits.PointsToday, limits.PointsThisWeek));
        Assert.Equal(
            [EventOutcome.OverLimit],
            await economy.Outcomes("limits", Sent.Of("limits", "SectionCompleted", week.Start.AddHours(2))));
    }

    [Fact]
    public async Task A_limit_counts_by_the_day_of_the_event()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.RunTo(week.Start.AddDays(1).AddHours(12));

        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.Counted, EventOutcome.OverLimit],
            await economy.Outcomes(
                "days",
                Sent.Of("days", "ClubPostCreated", week.Start.AddDays(1).AddMicroseconds(-1)),
                Sent.Of("days", "ClubPostCreated", week.Start.AddDays(1)),
                Sent.Of("days", "ClubPostCreated", week.Start)));

        var limits = await economy.Participant("days").GetLimits();
        Assert.Equal((200, 400), (limits.PointsToday, limits.PointsThisWeek));
    }

    [Fact]
    public async Task A_retraction_takes_effect_where_it_came_before_its_target()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var target = Sent.Of("early", "ClubPostCreated", week.Start);

        Assert.Equal([EventOutcome.Applied], await economy.Outcomes("early", target.Retraction(week.Start)));
        await economy.Outcomes("early", target);

        Assert.Equal(0, (await economy.Participant("early").GetLimits()).PointsThisWeek);
        await economy.Close(week);
        Assert.Null(await economy.Participant("early").GetStatement(week, CancellationToken.None));
    }

    [Fact]
    public async Task A_retraction_of_anothers_event_is_rejected_or_never_takes_effect()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var known = Sent.Of("victim", "ClubPostCreated", week.Start);
        var coming = Sent.Of("victim", "CourseCompleted", week.Start);
        await economy.Outcomes("victims", known);

        var rejected = (await economy.Record("victims", known.Retraction(week.Start) with { Participant = "thief" }))[0];
        Assert.Equal((EventOutcome.Rejected, "properties.retracts"), (rejected.Outcome, rejected.Field));
        Assert.Equal(
            [EventOutcome.Applied],
            await economy.Outcomes("victims", coming.Retraction(week.Start) with { Participant = "thief" }));
        Assert.Equal([EventOutcome.Counted], await economy.Outcomes("victims", coming));

        Assert.Equal(700, (await economy.Participant("victim").GetLimits()).PointsThisWeek);
        await economy.Close(week);
        Assert.Equal(700, await economy.Ask<long>(
            $"SELECT points FROM weeks.statements WHERE week = {week.Number} AND participant = {await economy.NumberOf("victim")}"));
    }

    [Fact]
    public async Task What_concerns_a_sealed_week_is_late_and_never_counts()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var inTime = Sent.Of("late", "ClubPostCreated", week.Start);
        await economy.Outcomes("late", inTime);
        await economy.Close(week);
        var before = await economy.Outcome(week);

        Assert.Equal(
            [EventOutcome.Late, EventOutcome.Late, EventOutcome.Late, EventOutcome.Late],
            await economy.Outcomes(
                "late",
                Sent.Of("late", "ExerciseSave", week.End.AddMicroseconds(-1)),
                Sent.Of("late", "QualificationChanged", week.Start, level: 8),
                // In an open week, but what it takes back is paid.
                inTime.Retraction(week.End.AddHours(1)),
                Sent.Of("late", "ExerciseSave", TestEconomy.FirstWeek.Start.AddMicroseconds(-1))));

        Assert.Equal(before, await economy.Outcome(week));
        Assert.Empty(await economy.Recompute(week));
        Assert.Equal(1, (await economy.Participant("late").GetProfile())!.Level);
        await economy.Outcomes("late", Sent.Of("late", "ExerciseSave", week.End.AddHours(2)));
        await economy.Close(week.Next);
        Assert.Equal(
            "1 100",
            Assert.Single(await economy.Rows($"""
                SELECT level, points FROM weeks.statements
                WHERE week = {week.Next.Number} AND participant = {await economy.NumberOf("late")}
                """)));
    }

    [Fact]
    public async Task An_event_more_than_five_minutes_ahead_of_the_clock_is_rejected()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var now = week.Start.AddHours(8);

        var answers = await economy.Record(
            "ahead",
            Sent.Of("ahead", "ExerciseSave", now.AddMinutes(5)),
            Sent.Of("ahead", "ExerciseSave", now.AddMinutes(5).AddMicroseconds(1)));

        Assert.Equal((EventOutcome.Counted, EventOutcome.Rejected), (answers[0].Outcome, answers[1].Outcome));
        Assert.Equal("timestamp", answers[1].Field);
    }

    [Fact]
    public async Task Under_a_placeholder_nobody_is_registered_but_by_an_operator()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        var before = await economy.Ask<long>("SELECT count(*) FROM activity.participants");

        foreach (var id in new[] { "undefined", "[object Object]", "NULL" })
        {
            var answer = (await economy.Record("placeholders", Sent.Of(id, "ExerciseSave", week.Start)))[0];
            Assert.Equal((EventOutcome.Rejected, "distinct_id", "placeholder"), (answer.Outcome, answer.Field, answer.Rule));
        }

        Assert.Equal(before, await economy.Ask<long>("SELECT count(*) FROM activity.participants"));
        await economy.Participant("undefined").ChangeProfile(new(2, null, "their own name", "operator"), CancellationToken.None);
        Assert.Equal(
            [EventOutcome.Counted], await economy.Outcomes("placeholders", Sent.Of("undefined", "ExerciseSave", week.Start)));
        Assert.Equal(100, (await economy.Participant("undefined").GetLimits()).PointsThisWeek);
        // Another case of the same letters is another id.
        Assert.Equal(
            [EventOutcome.Rejected], await economy.Outcomes("placeholders", Sent.Of("Undefined", "ExerciseSave", week.Start)));
    }

    [Fact]
    public async Task Whoever_has_a_placeholder_for_an_id_goes_on_and_a_repeat_is_a_duplicate()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Execute($"""
            INSERT INTO activity.participants (id, shard, registered_at)
            VALUES ('guest', {ParticipantId.Shard("guest")}, '2020-01-01T00:00:00Z')
            """);
        var sent = Sent.Of("guest", "ExerciseSave", week.Start);

        Assert.Equal([EventOutcome.Counted], await economy.Outcomes("placeholders", sent));
        Assert.Equal([EventOutcome.Duplicate], await economy.Outcomes("placeholders", sent));
        // Sent before under an id that is one, and now under a placeholder.
        Assert.Equal([EventOutcome.Duplicate], await economy.Outcomes("placeholders", sent with { Participant = "anonymous" }));
        Assert.Equal(100, (await economy.Participant("guest").GetLimits()).PointsThisWeek);
    }

    private static Task<string> Stored(TestEconomy economy) =>
        economy.Ask<string>("SELECT md5(string_agg(event::text, ';' ORDER BY uuid, source_id)) FROM activity.events event");
}
