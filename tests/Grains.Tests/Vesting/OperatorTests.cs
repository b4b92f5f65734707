using System.Text;
using Stk.GrainInterfaces.Vesting;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Treasury;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Vesting;

/// <summary>What participants and operators see of frozen rewards, and an operator's word on them.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class OperatorTests(EconomyServer server)
{
    private const string Milestone = "ProjectMilestoneCompleted";

    private static readonly WeekId Week = TestEconomy.FirstWeek;
    private static readonly DateOnly Posted = DateOnly.FromDateTime(Week.End.UtcDateTime);

    [Fact]
    public async Task An_operator_cancels_at_any_time_releases_from_the_day_on_and_once()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Earn(economy);
        var (ann, bob) = (await Only(economy, "ann"), await Only(economy, "bob"));
        Assert.Equal((GrantState.Frozen, Posted.AddDays(90)), (ann.State, ann.DecidesBy));

        Assert.Equal(
            new DecideGrantReply.StillFrozen(Posted.AddDays(60)), await Decide(economy, ann.Id, Verdict.Release));
        var key = NewKey();
        var cancelled = Assert.IsType<DecideGrantReply.Done>(await Decide(economy, bob.Id, Verdict.Cancel, key)).Grant;
        Assert.Equal(
            (GrantState.Cancelled, Amount.Zero, bob.Amount), (cancelled.State, cancelled.Released, cancelled.Cancelled));
        Assert.True(Assert.IsType<DecideGrantReply.Done>(await Decide(economy, bob.Id, Verdict.Cancel, key)).IsReplay);
        Assert.IsType<DecideGrantReply.KeyReused>(
            await Decide(economy, ann.Id, Verdict.Cancel, key with { Fingerprint = new byte[32] }));
        Assert.IsType<DecideGrantReply.AlreadyDecided>(await Decide(economy, bob.Id, Verdict.Cancel));
        Assert.IsType<DecideGrantReply.OwnAffair>(await Decide(economy, ann.Id, Verdict.Cancel, by: "ann"));
        Assert.IsType<DecideGrantReply.Unknown>(await Decide(economy, "nothing", Verdict.Cancel));
        Assert.IsType<DecideGrantReply.Unknown>(await Decide(economy, $"{Guid.NewGuid()}.0", Verdict.Cancel));
        await Holds(economy);

        await economy.RunTo(At(60));
        Assert.Equal(GrantState.Waiting, (await Only(economy, "ann")).State);
        var twenty = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Decide(economy, ann.Id, i % 2 == 0 ? Verdict.Release : Verdict.Cancel)));
        var done = Assert.Single(twenty.OfType<DecideGrantReply.Done>()).Grant;
        Assert.Equal(19, twenty.Count(reply => reply is DecideGrantReply.AlreadyDecided));
        Assert.Equal(ann.Amount, done.Released + done.Cancelled);
        Assert.Equal(done.Released, await economy.Available("ann"));
        Assert.Equal(
            ["2"], await economy.Rows("SELECT count(*) FROM audit.entries WHERE action = 'vesting.decide'"));
        await Holds(economy);

        await economy.RunTo(At(91));
        Assert.Equal(2, await economy.Ask<long>("SELECT count(*) FROM vesting.decisions WHERE by = 'olga'"));
        await economy.Execute("UPDATE vesting.decisions SET because = 'another' WHERE by IS NOT NULL");
        Assert.Contains("I21", await Broken(economy));
    }

    // Each of 500 STK; one signature gives 10,000 in seven days, whatever it gives them for.
    [Fact]
    public async Task Releases_count_towards_what_one_signature_may_give_and_beyond_it_take_two()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(Week);
        await economy.RunTo(Week.Start.AddDays(1));
        string[] people = [.. Enumerable.Range(0, 21).Select(i => $"op-{i}")];
        await economy.Outcomes("op", [.. people.Select(id => Sent.Of(id, Milestone, Week.Start, days: 60))]);
        await economy.Close(Week);
        await economy.RunTo(At(60));
        foreach (var id in people[..20])
        {
            Assert.IsType<DecideGrantReply.Done>(await Decide(economy, (await Only(economy, id)).Id, Verdict.Release));
        }

        var last = await Only(economy, people[20]);
        var key = NewKey();
        var waiting = Assert.IsType<DecideGrantReply.Waiting>(await Decide(economy, last.Id, Verdict.Release, key));
        Assert.Equal(
            waiting with { IsReplay = true }, await Decide(economy, last.Id, Verdict.Release, key));
        Assert.Equal(GrantState.Waiting, (await Only(economy, people[20])).State);
        Assert.Equal(FundSpendState.Waiting, Done(await economy.Treasury().Spend(
            new(NewKey(), Fund.Team, "op-0", new(1), FundSpendKind.Grant, "for a test", 0, "olga"),
            CancellationToken.None)).State);

        await economy.Approve(waiting.Approval);

        Assert.Equal(GrantState.Released, (await Only(economy, people[20])).State);
        Assert.Equal(last.Amount, await economy.Available(people[20]));
        Assert.Equal(
            ["20 1"], await economy.Rows("SELECT count(person), count(*) - count(person) FROM vesting.decisions"));
        await Holds(economy);
    }

    [Fact]
    public async Task What_a_fund_froze_is_cancelled_to_that_fund()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(Week);
        await economy.Register("ann");
        Done(await economy.Treasury().Spend(
            new(NewKey(), Fund.Team, "ann", Amount.OfStk(10), FundSpendKind.Grant, "for a test", 3, "operator"),
            CancellationToken.None));
        var before = await economy.FundBalance(Fund.Team);
        var grant = await Only(economy, "ann");
        Assert.Equal((null, null, Fund.Team, null), (grant.Week, grant.Type, grant.Fund, grant.Condition));

        Assert.IsType<DecideGrantReply.Done>(await Decide(economy, grant.Id, Verdict.Cancel));

        Assert.Equal(before + 10_000_000, await economy.FundBalance(Fund.Team));
        await economy.RunTo(Week.Start.AddDays(4));
        Assert.Equal(Amount.Zero, await economy.Available("ann"));
        await Holds(economy);
    }

    [Fact]
    public async Task Lists_exports_and_histories_name_the_grants()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Earn(economy);
        await economy.RunTo(At(90));
        var (ann, bob) = (await Only(economy, "ann"), await Only(economy, "bob"));
        Assert.Equal(
            (GrantState.Cancelled, GrantState.Released, "ProjectValidated", "ProjectValidated"),
            (ann.State, bob.State, ann.Condition, bob.Condition));
        Assert.Equal([(Verdict?)Verdict.Release], bob.Events.Select(one => one.Verdict));
        Assert.NotNull(Assert.Single(bob.Events).Evidence);

        foreach (var (state, owner) in new[] { (GrantState.Cancelled, "ann"), (GrantState.Released, "bob") })
        {
            var page = await economy.Grains.GetGrain<IVestingGrain>(0)
                .GetGrants(new(null, 1), state, CancellationToken.None);
            Assert.Equal(owner, Assert.Single(page.Grants).Participant);
            Assert.Null(page.Next);
        }

        var export = await economy.Grains.GetGrain<IVestingGrain>(0).ReadExport(
            Posted, Posted.AddDays(90), null, CancellationToken.None);
        Assert.Equal(
            $"decided_on,user_id,week,type,vests_days,amount,released,cancelled\r\n"
            + $"{Posted.AddDays(60):yyyy-MM-dd},bob,{Week},{Milestone},60,{bob.Amount},{bob.Amount},0\r\n"
            + $"{Posted.AddDays(90):yyyy-MM-dd},ann,{Week},{Milestone},60,{ann.Amount},0,{ann.Amount}\r\n",
            Encoding.UTF8.GetString(export.Csv));
        Assert.Null(export.Next);

        var history = await economy.Participant("bob").GetHistory(new(null, 10, "vesting_unlock"), CancellationToken.None);
        Assert.All(history.Changes, change => Assert.Equal(new(bob.Id, Week, Milestone, 60), change.Grant));
        var transaction = Assert.Single(
            (await economy.Participant("ann").GetTransactions(new(null, 10, "vesting_cancel"), CancellationToken.None)).Transactions);
        Assert.Equal((ann.Id, -ann.Amount), (transaction.Grant?.Id, transaction.Frozen));
    }

    [Fact]
    public async Task Pages_of_a_state_hold_each_grant_once()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(Week);
        await economy.RunTo(Week.Start.AddDays(1));
        await economy.Outcomes(
            "op", [.. Enumerable.Range(0, 7).Select(i => Sent.Of($"op-{i}", Milestone, Week.Start, days: 60 + i))]);
        await economy.Close(Week);
        var vesting = economy.Grains.GetGrain<IVestingGrain>(0);

        var seen = new List<DateOnly>();
        string? cursor = null;
        do
        {
            var page = await vesting.GetGrants(new(cursor, 2), GrantState.Frozen, CancellationToken.None);
            seen.AddRange(page.Grants.Select(grant => grant.UnlocksOn));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => Posted.AddDays(60 + i)), seen);
        Assert.Empty((await vesting.GetGrants(new(null, 2), GrantState.Waiting, CancellationToken.None)).Grants);
        Assert.False((await vesting.GetGrants(new("altered", 2), GrantState.Waiting, CancellationToken.None)).IsCursorValid);
    }

    [Fact]
    public async Task Only_who_has_something_that_unlocks_tomorrow_is_reminded_and_nothing_is_paid_by_that()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await Earn(economy);
        var before = await Reminders(economy);
        await economy.RunTo(At(59).AddTicks(-10));
        await Wake(economy);
        Assert.Equal(before, await Reminders(economy));

        await economy.RunTo(At(59).AddHours(1));
        await Wake(economy);
        Assert.Equal(before + 2, await Reminders(economy));
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM vesting.decisions"));
    }

    private static Task<long> Reminders(TestEconomy economy) =>
        economy.Ask<long>("SELECT count(*) FROM orleans.orleansreminderstable");

    private static async Task Wake(TestEconomy economy)
    {
        await economy.Management.ForceActivationCollection(TimeSpan.Zero);
        foreach (var id in new[] { "ann", "bob" })
        {
            await Eventually.Get(
                () => Task.FromResult(economy.HostOf(economy.Participant(id).Actor)), until: host => host is null, $"{id} sleeps");
            await economy.Participant(id).GetBalance();
        }
    }

    // Ann's project is validated by nobody, bob's by his teacher.
    private static async Task Earn(TestEconomy economy)
    {
        await economy.Begin(Week);
        await economy.RunTo(Week.Start.AddDays(1));
        var bob = Sent.Of("bob", Milestone, Week.Start, days: 60);
        Assert.Equal(
            [EventOutcome.Counted, EventOutcome.Counted, EventOutcome.Applied],
            await economy.Outcomes(
                "op", Sent.Of("ann", Milestone, Week.Start, days: 60), bob,
                bob.Evidence("ProjectValidated", Week.Start, approved: true)));
        await economy.Close(Week);
    }

    private static DateTimeOffset At(int days) => new(Posted.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero);

    private static async Task<GrantView> Only(TestEconomy economy, string participant) => Assert.Single(
        (await economy.Participant(participant).GetGrants(new(null, 10), CancellationToken.None)).Grants);

    private static Task<DecideGrantReply> Decide(
        TestEconomy economy, string grant, Verdict verdict, GrainInterfaces.Requests.RequestKey? key = null,
        string by = "olga") => economy.Grains.GetGrain<IVestingGrain>(0).Decide(
            new(key ?? NewKey(), grant, verdict, "looked at", by), CancellationToken.None);

    private static async Task Holds(TestEconomy economy) => Assert.Empty(await Broken(economy));

    private static async Task<List<string>> Broken(TestEconomy economy) =>
    [
        .. (await new InvariantsCheck(economy.Database, keys: TestEconomy.Keys).Run().ToListAsync())
            .Where(finding => !finding.Holds).Select(finding => finding.Invariant.Name),
    ];
}
