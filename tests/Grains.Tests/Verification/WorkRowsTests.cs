using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Runs;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Verification;

[Collection(EconomyCollection.Name)]
public sealed class WorkRowsTests(EconomyServer server)
{
    [Fact]
    public async Task What_the_schedule_shows_and_nobody_has_done_is_named()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.RunTo(week.End.AddHours(7));
        Assert.IsType<WorkReply.Done>(await economy.Schedule.SkipBy(
            new(Spenders.NewKey(), DueKinds.WeekNotify, week.ToString(), "at rest", TwoPersons.First)));
        await economy.RunTo(week.End.AddHours(9));
        Assert.Empty(await Broken(economy));

        (string Sql, string Back, string Row)[] faults =
        [
            (Row("emission", "2030-01-01"), Gone("emission", "2030-01-01"), "emission 2030-01-01"),
            (Row("vesting", "2030-01-01"), Gone("vesting", "2030-01-01"), "vesting 2030-01-01"),
            (Row("renewals", "2030-01-01"), Gone("renewals", "2030-01-01"), "renewals 2030-01-01"),
            (Row("week.aggregate", $"{week.Next}"), Gone("week.aggregate", $"{week.Next}"), $"week.aggregate {week.Next}"),
            (Row("week.notify", $"{week.Next}"), Gone("week.notify", $"{week.Next}"), $"week.notify {week.Next}"),
            (Row("inactivity.run", "2026-Q1"), Gone("inactivity.run", "2026-Q1"), "inactivity.run 2026-Q1"),
            (Row("inactivity.warn", "2026-Q1/30"), Gone("inactivity.warn", "2026-Q1/30"), "inactivity.warn 2026-Q1/30"),
            (Row("audit", "2030-01-01"), Gone("audit", "2030-01-01"), "audit 2030-01-01"),
            (Row("audit", "2030-01-02", state: 7), Gone("audit", "2030-01-02"), "audit 2030-01-02"),
            (Row("week.notify", $"{week.Next}", state: 5), Gone("week.notify", $"{week.Next}"), $"week.notify {week.Next}"),
            ($"UPDATE weeks.runs SET settled_at = NULL WHERE week = {week.Number}",
                $"UPDATE weeks.runs SET settled_at = reported_at WHERE week = {week.Number}", $"week.settle {week}"),
            ("UPDATE schedule.work SET state = 2 WHERE state = 5", "UPDATE schedule.work SET state = 5 WHERE kind = 'week.notify'",
                $"week.notify {week}"),
        ];
        foreach (var (sql, back, row) in faults)
        {
            await economy.Execute(sql);
            var broken = await Broken(economy);
            Assert.True(broken.Contains(row), $"after {sql}: {string.Join(", ", broken)}");
            await economy.Execute(back);
        }

        Assert.Empty(await Broken(economy));
    }

    private static string Row(string kind, string subject, int state = 2) => $"""
        INSERT INTO schedule.work (kind, subject, due, state, began, ended, attempts, place)
        VALUES ('{kind}', '{subject}', '2020-01-01', {state}, '2020-01-01', '2020-01-01', 1, nextval('schedule.places'))
        """;

    private static string Gone(string kind, string subject) =>
        $"DELETE FROM schedule.work WHERE kind = '{kind}' AND subject = '{subject}'";

    private static async Task<List<string>> Broken(TestEconomy economy) =>
        await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run()
            .Where(finding => finding.Invariant.Name == "I39")
            .SelectMany(finding => finding.Violations.Select(violation => violation.Row).ToAsyncEnumerable()).ToListAsync();
}
