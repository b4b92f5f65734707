using Stk.Grains.Tests.Economies;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Grains.Tests.Weeks;

[Collection(EconomyCollection.Name)]
public sealed class RecomputationTests(EconomyServer server)
{
    [Fact]
    public async Task Whatever_is_changed_of_a_closed_week_is_named()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record(
            "tamper",
            Sent.Of("tampered", "ClubPostCreated", week.Start),
            Sent.Of("bystander", "ClubPostCreated", week.Start));
        await economy.Close(week);
        Assert.Empty(await economy.Recompute(week));
        var number = await economy.NumberOf("tampered");
        var statement = $"weeks.statements, week {week}, participant {number}";
        var (ofWeek, ofOne) = ($"week = {week.Number}", $"week = {week.Number} AND participant = {number}");

        await Named(economy, week, $"{statement}: the document is not what the seal gives",
            $"UPDATE weeks.statements SET document = convert_to(replace(convert_from(document, 'UTF8'), '\"200\"', '\"201\"'), 'UTF8') WHERE {ofOne}",
            $"UPDATE weeks.statements SET document = convert_to(replace(convert_from(document, 'UTF8'), '\"201\"', '\"200\"'), 'UTF8') WHERE {ofOne}");
        await Named(economy, week, $"{statement}: a column is not what the seal gives",
            $"UPDATE weeks.statements SET reward_micro = reward_micro + 1, available_micro = available_micro + 1 WHERE {ofOne}",
            $"UPDATE weeks.statements SET reward_micro = reward_micro - 1, available_micro = available_micro - 1 WHERE {ofOne}");
        await Named(economy, week, $"{statement}: missing",
            $"CREATE TABLE weeks.kept AS SELECT * FROM weeks.statements WHERE {ofOne}; DELETE FROM weeks.statements WHERE {ofOne}",
            "INSERT INTO weeks.statements SELECT * FROM weeks.kept; DROP TABLE weeks.kept");
        await Named(economy, week, $"weeks.statements, week {week}, participant 999999: the seal has no points for it",
            $"INSERT INTO weeks.statements SELECT week, 999999, shard, level, streak, points, reward_micro, available_micro, frozen_micro, document FROM weeks.statements WHERE {ofOne}",
            "DELETE FROM weeks.statements WHERE participant = 999999");
        await Named(economy, week,
            $"weeks.seals, week {week}, shard {TestEconomy.ShardOf("tampered")}: its rows are not those that were sealed (SHA-256 differs)",
            $"UPDATE weeks.seals SET received = received + 1 WHERE {ofOne}",
            $"UPDATE weeks.seals SET received = received - 1 WHERE {ofOne}");
        await Named(economy, week, $"weeks.runs, week {week}: seal_hash is not that of its shards",
            $"UPDATE weeks.runs SET seal_hash = set_byte(seal_hash, 0, get_byte(seal_hash, 0) # 1) WHERE {ofWeek}",
            $"UPDATE weeks.runs SET seal_hash = set_byte(seal_hash, 0, get_byte(seal_hash, 0) # 1) WHERE {ofWeek}");
        await Named(economy, week, $"weeks.runs, week {week}: reserved is 399.999999 STK, the journal has reserved 400",
            $"UPDATE weeks.runs SET paid_micro = paid_micro - 1, reserved_micro = reserved_micro - 1 WHERE {ofWeek}",
            $"UPDATE weeks.runs SET reserved_micro = reserved_micro + 1, paid_micro = paid_micro + 1 WHERE {ofWeek}");
        await Named(economy, week, $"weeks.runs, week {week}: total is 400.000001 STK, the seal gives 400",
            $"UPDATE weeks.runs SET total_micro = total_micro + 1 WHERE {ofWeek}",
            $"UPDATE weeks.runs SET total_micro = total_micro - 1 WHERE {ofWeek}");
        await Named(economy, week, $"weeks.runs, week {week}: export_hash is not that of the recomputed export",
            $"UPDATE weeks.runs SET export_hash = set_byte(export_hash, 5, get_byte(export_hash, 5) # 1) WHERE {ofWeek}",
            $"UPDATE weeks.runs SET export_hash = set_byte(export_hash, 5, get_byte(export_hash, 5) # 1) WHERE {ofWeek}");
    }

    [Fact]
    public async Task A_change_to_events_after_the_seal_changes_nothing()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record("after", Sent.Of("after-the-seal", "ClubPostCreated", week.Start));
        await economy.Close(week);
        var number = await economy.NumberOf("after-the-seal");

        await economy.Execute($"UPDATE activity.events SET type = 'ExerciseSave' WHERE participant = {number}");

        Assert.Empty(await economy.Recompute(week));
    }

    [Fact]
    public async Task The_changed_grant_is_named_by_the_ledgers_check()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record("grants", Sent.Of("granted", "PeerReviewCompleted", week.Start));
        await economy.Close(week);
        var grant = $"participant = {await economy.NumberOf("granted")} AND week = {week.Number}";
        Assert.Null(await economy.Verify());

        foreach (var (change, back) in new[]
        {
            ("amount_micro = amount_micro + 1", "amount_micro = amount_micro - 1"),
            ("unlocks_on = unlocks_on - 1", "unlocks_on = unlocks_on + 1"),
        })
        {
            await economy.Execute($"UPDATE weeks.grants SET {change} WHERE {grant}");
            Assert.Contains("weeks.grants", await economy.Verify(), StringComparison.Ordinal);
            await economy.Execute($"UPDATE weeks.grants SET {back} WHERE {grant}");
        }

        Assert.Null(await economy.Verify());
    }

    private static async Task Named(TestEconomy economy, WeekId week, string difference, string change, string back)
    {
        await economy.Execute(change);
        try
        {
            Assert.Contains(difference, await economy.Recompute(week));
        }
        finally
        {
            await economy.Execute(back);
        }

        Assert.Empty(await economy.Recompute(week));
    }
}
