using Stk.GrainInterfaces.Requests;
using Stk.Grains.Participants;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Weeks;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Participants;

[Collection(EconomyCollection.Name)]
public sealed class ProfileTests(EconomyServer server)
{
    [Fact]
    public async Task The_last_change_of_level_before_the_weeks_end_decides_whoever_made_it()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        string[] ids = ["level-event", "level-operator", "level-next-week"];
        await economy.Record("levels", [.. ids.Select(id => Sent.Of(id, "ClubPostCreated", week.Start))]);

        // An event of a later time that came earlier, then an operator by the clock; and the other way round.
        await economy.RunTo(week.Start.AddDays(1));
        await economy.Record(
            "levels",
            Sent.Of("level-event", "QualificationChanged", week.Start.AddHours(20), level: 6),
            Sent.Of("level-operator", "QualificationChanged", week.Start.AddHours(20), level: 6));
        await economy.Participant("level-operator").ChangeProfile(new(7, null, "promoted", "operator"), CancellationToken.None);
        await economy.Record(
            "levels",
            // Sent last, and overtaken long ago.
            Sent.Of("level-event", "QualificationChanged", week.Start.AddHours(1), level: 2),
            Sent.Of("level-operator", "QualificationChanged", week.Start.AddHours(21), level: 2));
        await economy.RunTo(week.End);
        await economy.Record("levels", Sent.Of("level-next-week", "QualificationChanged", week.End, level: 8));
        await economy.Close(week);

        Assert.Equal(
            ["level-event 6", "level-next-week 1", "level-operator 7"],
            await economy.Rows($"""
                SELECT participant.id, level FROM weeks.statements statement
                JOIN activity.participants participant ON participant.number = statement.participant
                WHERE week = {week.Number} ORDER BY 1
                """));
        Assert.Equal(8, (await economy.Participant("level-next-week").GetProfile())!.Level);
    }

    [Fact]
    public async Task Of_many_changes_at_one_instant_of_a_standing_clock_the_last_one_stands()
    {
        var economy = await server.Shared();
        await economy.BeginWeek();
        var participant = economy.Participant("often-changed");
        for (var number = 0; number < 200; number++)
        {
            var level = 1 + number % 8;
            await participant.ChangeProfile(new(level, null, "again", "operator"), CancellationToken.None);
            Assert.Equal(level, (await participant.GetProfile())!.Level);
        }

        await economy.Cluster.DeactivateAsync(participant.Actor);
        Assert.Equal(8, (await participant.GetProfile())!.Level);
    }

    [Fact]
    public async Task The_log_says_of_changes_at_one_instant_which_is_which()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        foreach (var level in new[] { 3, 5, 3 })
        {
            await economy.Participant("once-changed").ChangeProfile(
                new(level, null, "again", "operator"), CancellationToken.None);
        }

        Assert.Empty(await Broken(economy));
        // Of one instant the id decides which was the last.
        var id = await economy.Ask<Guid>("SELECT uuid FROM activity.profile_changes WHERE level = 5");
        await economy.Execute("UPDATE activity.profile_changes SET uuid = gen_random_uuid() WHERE level = 5");
        Assert.NotEmpty(await Broken(economy));
        await economy.Execute($"UPDATE activity.profile_changes SET uuid = '{id}' WHERE level = 5");

        // An earlier build's entries do not name their changes: they are known by their order.
        await economy.Execute("UPDATE audit.texts SET after = (after::jsonb - 'change')::text");
        Assert.Empty(await Broken(economy));
        await economy.Execute("UPDATE activity.profile_changes SET level = 4 WHERE level = 5");
        Assert.NotEmpty(await Broken(economy));
    }

    [Fact]
    public async Task A_change_that_landed_without_its_word_is_known_once_a_copy_is_answered()
    {
        var economy = await server.Shared();
        var told = Spenders.NewKey();
        var lost = told with { Id = Guid.NewGuid() };
        await economy.Participant("word-kept").ChangeProfile(
            new(4, null, "joins", "operator") { Key = told }, CancellationToken.None);
        // This activation knows nobody; then another one's commit lands, whose word is lost on the way.
        Assert.Null(await economy.Participant("word-lost").GetProfile());
        await economy.Execute($"""
            INSERT INTO activity.participants (id, shard, registered_at)
            SELECT 'word-lost', get_byte(sha256('word-lost'), 0) >> 2, registered_at
            FROM activity.participants WHERE id = 'word-kept';
            INSERT INTO economy.answers (id, fingerprint, answer, at)
            SELECT '{lost.Id}', fingerprint,
                convert_to(replace(convert_from(answer, 'UTF8'), 'word-kept', 'word-lost'), 'UTF8'), at
            FROM economy.answers WHERE id = '{told.Id}'
            """);

        var answered = await economy.Participant("word-lost").ChangeProfile(
            new(4, null, "joins", "operator") { Key = lost }, CancellationToken.None);

        Assert.Equal(KeyUse.Replay, answered.Key);
        Assert.NotNull(await economy.Participant("word-lost").GetProfile());
    }

    [Fact]
    public void The_id_of_a_change_sorts_behind_one_that_a_faster_clock_has_given()
    {
        var ahead = Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours(1));

        var next = ChangeIds.After([ahead, Guid.CreateVersion7()]);

        Assert.True(next > ahead);
        Assert.True(ChangeIds.After([next]) > next);
        Assert.Equal(7, next.Version);
    }

    [Fact]
    public async Task A_change_of_level_that_is_late_never_takes_effect()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.RunTo(week.End.AddHours(1));

        Assert.Equal(
            [EventOutcome.Late, EventOutcome.Counted],
            await economy.Outcomes(
                "late-level",
                Sent.Of("late-level", "QualificationChanged", week.End.AddMicroseconds(-1), level: 8),
                Sent.Of("late-level", "ClubPostCreated", week.End)));
        await economy.Close(week.Next);

        Assert.Equal("1", Assert.Single(await economy.Rows($"""
            SELECT level FROM weeks.statements WHERE week = {week.Next.Number}
            AND participant = {await economy.NumberOf("late-level")}
            """)));
    }

    [Fact]
    public async Task An_excluded_account_earns_nothing_for_the_whole_week_and_one_let_in_again_earns_all_of_it()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        string[] ids = ["staff", "wronged"];
        Assert.All(
            await economy.Outcomes("excluded", [.. ids.Select(id => Sent.Of(id, "ClubPostCreated", week.Start))]),
            outcome => Assert.Equal(EventOutcome.Counted, outcome));
        foreach (var id in ids)
        {
            await economy.Participant(id).ChangeProfile(new(null, true, "a bot", "operator"), CancellationToken.None);
        }

        Assert.All(
            await economy.Outcomes("excluded", [.. ids.Select(id => Sent.Of(id, "ExerciseSave", week.Start))]),
            outcome => Assert.Equal(EventOutcome.Ignored, outcome));
        Assert.Equal(0, (await economy.Participant("staff").GetLimits()).PointsThisWeek);
        await economy.RunTo(week.Start.AddDays(1));
        await economy.Participant("wronged").ChangeProfile(new(null, false, "is none", "operator"), CancellationToken.None);
        Assert.Equal(300, (await economy.Participant("wronged").GetLimits()).PointsThisWeek);

        await economy.Close(week);

        Assert.Equal(
            ["wronged 300"],
            await economy.Rows($"""
                SELECT participant.id, points FROM weeks.statements statement
                JOIN activity.participants participant ON participant.number = statement.participant
                WHERE week = {week.Number}
                """));
    }

    [Fact]
    public async Task Weeks_in_a_row_raise_the_coefficient_to_1_20_and_a_missed_week_begins_anew()
    {
        var economy = await server.Shared();
        var participant = economy.Participant("streak");
        foreach (var (weeksInRow, hundredths) in new[] { (1, 100), (2, 102), (3, 105), (4, 110), (5, 120), (6, 120) })
        {
            var week = await economy.BeginWeek();
            var before = await participant.GetStreak();
            Assert.Equal((weeksInRow - 1, false), (before.WeeksInRow, before.IsThisWeekActive));
            Assert.Equal(hundredths, before.NextCoefficientHundredths);

            await economy.Record("streak", Sent.Of("streak", "ClubPostCreated", week.Start));

            var now = await participant.GetStreak();
            Assert.Equal((week, weeksInRow, true), (now.Week, now.WeeksInRow, now.IsThisWeekActive));
            Assert.Equal(hundredths, now.CoefficientHundredths);
            Assert.Equal(200L * hundredths * 10_000, (await participant.GetLimits()).ProjectedReward.Micro);
        }

        await economy.BeginWeek();
        Assert.Equal(6, (await participant.GetStreak()).WeeksInRow);
        var after = await economy.BeginWeek();
        Assert.Equal(0, (await participant.GetStreak()).WeeksInRow);
        await economy.Record("streak", Sent.Of("streak", "ClubPostCreated", after.Start));
        Assert.Equal(
            (1, 100),
            ((await participant.GetStreak()).WeeksInRow, (await participant.GetStreak()).CoefficientHundredths));
        await economy.Close(after);

        Assert.Equal(
            ["1 200000000", "2 204000000", "3 210000000", "4 220000000", "5 240000000", "6 240000000", "1 200000000"],
            await economy.Rows($"""
                SELECT streak, reward_micro FROM weeks.statements
                WHERE participant = {await economy.NumberOf("streak")} ORDER BY week
                """));
    }

    [Fact]
    public async Task A_streak_is_the_same_from_memory_and_from_the_database()
    {
        var economy = await server.Shared();
        for (var i = 0; i < 3; i++)
        {
            var week = await economy.BeginWeek();
            await economy.Record("remembered", Sent.Of("remembered", "ClubPostCreated", week.Start));
        }

        // The week before has ended and waits for its statements: its points are known all the same.
        var open = WeekId.Of((await economy.Schedule.GetClock()).Now);
        await economy.RunTo(open.End.AddMinutes(1));
        var fromMemory = await economy.Participant("remembered").GetStreak();
        await economy.Cluster.DeactivateAsync(economy.Participant("remembered").Actor);

        Assert.Equal(3, fromMemory.WeeksInRow);
        Assert.Equal(fromMemory, await economy.Participant("remembered").GetStreak());
    }

    private static async Task<List<Violation>> Broken(TestEconomy economy) =>
        [
            .. (await new InvariantsCheck(economy.Database).Run().ToListAsync())
                .Where(finding => finding.Invariant.Name == "I21").SelectMany(finding => finding.Violations),
        ];
}
