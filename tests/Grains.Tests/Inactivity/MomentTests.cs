using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.Inactivity;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;
using static Stk.Grains.Tests.Inactivity.Winter;

namespace Stk.Grains.Tests.Inactivity;

/// <summary>What else happens in the moment of a run.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class MomentTests(EconomyServer server)
{
    private const int Many = 48;

    [Fact]
    public async Task Transfers_appeals_and_suspensions_beside_two_silos_that_both_run_leave_one_debit_or_none()
    {
        await using var economy = await server.NewEconomy();
        string[] ids = [.. Enumerable.Range(0, Many).Select(i => $"mo-{i:D2}")];
        await Begin(economy, [.. ids.Select(id => (id, Amount.OfStk(100)))]);
        await economy.Register("mo-rich");
        await economy.RunTo(RunsAt.AddSeconds(-1));

        // Stored and not posted, as one leaves it who dies then; some spend all before anybody goes on, some appeal.
        var (run, borders) = await AssessAlone(economy);
        var spent = ids.Where((_, i) => i % 4 == 0).ToArray();
        await Task.WhenAll(spent.Select(async id => Done(await economy.Transfer(id, "mo-rich", new(99_000_000)))));
        await economy.Suspend(ids[2]);
        Assert.IsType<AppealReply.Done>(await economy.Appeal(ids[6]));
        var appealing = ids.Where((_, i) => i % 4 == 1).ToArray();
        var spending = ids.Where((_, i) => i % 4 == 3).ToArray();
        var appeals = appealing.Select(id => economy.Appeal(id)).ToArray();
        var transfers = spending.Select(id => economy.Transfer(id, "mo-rich", new(99_000_000))).ToArray();
        await Task.WhenAll(
            [
                economy.ServiceOf<DebitPosting>(0).Run(run, borders), economy.ServiceOf<DebitPosting>(1).Run(run, borders),
                economy.RunTo(RunsAt), .. appeals, .. transfers,
            ]);
        await economy.RunTo(RunsAt.AddHours(1));

        Assert.Empty(await Broken(economy));
        var lines = (await Csv(economy)).Select(line => line.Split(',')).ToDictionary(line => line[0]);
        Assert.Equal("suspended", lines[ids[2]][6]);
        Assert.Equal("appealed", lines[ids[6]][6]);
        Assert.All(spent, id => Assert.Equal(["1", "0.05", "charged"], lines[id][4..7]));
        foreach (var id in ids)
        {
            var line = lines[id];
            var number = await economy.NumberOf(id);
            var taken = await economy.Ask<long>(
                $"SELECT coalesce(sum(amount_micro), 0)::bigint FROM inactivity.debits WHERE participant = {number}");
            Assert.Equal(line[5], new Amount(taken).ToString());
            Assert.True(Amount.TryParse(line[4], out var assessed) && taken <= assessed.Micro / 20, $"{id}: {line[4]} {taken}");
        }
    }

    [Fact]
    public async Task A_run_waits_for_its_week_and_after_a_month_all_is_done_once_and_in_order()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Begin(economy, ("wa-ann", Amount.OfStk(100)));
        await economy.Grains.GetGrain<GrainInterfaces.Sources.ISourceGrain>("club").Put(
            new(WeekId.OfNumber(202552).End, IsRequired: true, null, "operator"), CancellationToken.None);
        await economy.RunTo(At("2026-02-10T12:00:00Z"));

        // Its week is not complete: nobody is charged, and the next quarter's warnings wait too.
        Assert.Equal(["20261 3", "20261 30"], await economy.Rows("SELECT quarter, days FROM inactivity.runs WHERE quarter > 20254 ORDER BY days"));
        await economy.Grains.GetGrain<GrainInterfaces.Sources.ISourceGrain>("club").Put(
            new(WeekId.OfNumber(202620).End, IsRequired: true, null, "operator"), CancellationToken.None);
        await economy.RunTo(At("2026-04-06T08:00:00Z"));

        Assert.Equal(
            ["20261 30", "20261 3", "20261 0", "20262 30", "20262 3", "20262 0"],
            await economy.Rows("SELECT quarter, days FROM inactivity.runs WHERE done_at IS NOT NULL AND quarter > 20254 ORDER BY began_at"));
        Assert.Equal(
            ["20261 5000000", "20262 9500000"],
            await economy.Rows("SELECT quarter, amount_micro FROM inactivity.debits ORDER BY quarter"));
        Assert.Empty(await Broken(economy));
    }
}
