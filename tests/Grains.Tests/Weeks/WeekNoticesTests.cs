using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Weeks;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Grains.Tests.Weeks;

[Collection(OwnEconomiesCollection.Name)]
public sealed class WeekNoticesTests(EconomyServer server)
{
    [Fact]
    public async Task Everybody_with_a_statement_is_told_at_eight_and_once_however_often_it_is_begun()
    {
        await using var economy = await server.NewEconomy();
        var week = await economy.BeginWeek();
        await economy.Record(
            "club",
            [
                .. Enumerable.Range(0, 20).Select(i => Sent.Of($"wn-{i}", "ClubPostCreated", week.Start.AddMinutes(i))),
                Sent.Of("wn-0", "ClubPostCreated", week.Start.AddMinutes(30)),
            ]);
        await economy.RunTo(week.End.AddHours(8).AddTicks(-10));
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM notices.notices"));

        await Task.WhenAll(
            economy.RunTo(week.End.AddHours(8)), economy.ServiceOf<WeekNotices>(0).Run(week),
            economy.ServiceOf<WeekNotices>(1).Run(week));
        await economy.ServiceOf<WeekNotices>(1).Run(week);

        Assert.Equal(
            ["20 20"], await economy.Rows("SELECT count(*), count(DISTINCT participant) FROM notices.notices WHERE kind = 'weekly'"));
        Assert.Equal(
            [$"{week.Number} 20"], await economy.Rows("SELECT week, people FROM notices.weeks"));
        var told = Assert.Single((await economy.Participant("wn-0").GetNotices(new(null, 10), CancellationToken.None)).Notices);
        Assert.Equal(
            ("weekly", await economy.Ask<string>($"""
                SELECT format('("week":"{week}","reward":"%s","points":%s)',
                    trim_scale(reward_micro::numeric / 1000000), points)
                FROM weeks.statements WHERE participant = {await economy.NumberOf("wn-0")}
                """)),
            (told.Kind, told.Values.Replace('{', '(').Replace('}', ')')));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task A_week_without_statements_is_told_to_nobody_and_done()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.Close(week);

        Assert.Equal([$"{week.Number} 0"], await economy.Rows("SELECT week, people FROM notices.weeks"));
    }

    [Fact]
    public async Task An_operator_skips_the_notices_of_a_settled_week_until_they_are_written()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.Record("club", [Sent.Of("wk-ann", "ClubPostCreated", week.Start)]);
        await economy.RunTo(week.End.AddHours(7));

        Assert.IsType<WorkReply.NotSkippable>(await Skip(economy, week.Next));
        Assert.IsType<WorkReply.Done>(await Skip(economy, week));
        await economy.RunTo(week.End.AddHours(9));

        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM notices.notices WHERE kind = 'weekly'"));
        Assert.Equal([$"{week.Number} 0"], await economy.Rows("SELECT week, people FROM notices.weeks"));
        Assert.Equal([$"{week} 5"], await economy.Rows("SELECT subject, state FROM schedule.work WHERE kind = 'week.notify'"));
        Assert.IsType<WorkReply.NotSkippable>(await Skip(economy, week));
        Assert.Null(await economy.Verify());
    }

    private static Task<WorkReply> Skip(TestEconomy economy, WeekId week) => economy.Schedule.SkipBy(
        new(Spenders.NewKey(), DueKinds.WeekNotify, week.ToString(), "at rest", TwoPersons.First));
}
