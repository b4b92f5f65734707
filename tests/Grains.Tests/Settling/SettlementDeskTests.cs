using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Settling;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Approvals;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Settling;

/// <summary>Payouts held and let go on, and what is said of an act that nobody can prove.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class SettlementDeskTests(EconomyServer server)
{
    private static readonly Guid Act = new("00000000-0000-4000-8000-00000000000a");

    [Fact]
    public async Task One_operator_pauses_and_goes_on_once_a_key_and_it_is_in_the_log()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        var key = NewKey();

        var paused = Steered(await Desk(economy).Pause(new(key, "the nodes are moved", TwoPersons.First), default));
        var again = Steered(await Desk(economy).Pause(new(key, "the nodes are moved", TwoPersons.First), default));
        var other = Steered(await Desk(economy).Pause(new(NewKey(), "another reason", TwoPersons.Second), default));

        Assert.Equal((PauseCause.ByOperator, TwoPersons.First, "the nodes are moved"),
            (paused.Pause!.Because, paused.Pause.By, paused.Pause.Details));
        Assert.Equal((true, false), (again.IsReplay, other.IsReplay));
        // Whoever pauses what is paused changes nothing.
        Assert.Equal(paused.Pause, other.Pause);
        Assert.Equal(paused.Pause, (await Desk(economy).GetStatus(default)).Pause);
        await Holds(economy);

        Assert.Null(Steered(await Desk(economy).Resume(new(NewKey(), "they are", TwoPersons.Second), default)).Pause);
        Assert.Null(Steered(await Desk(economy).Resume(new(NewKey(), "they are", TwoPersons.Second), default)).Pause);
        Assert.Null((await Desk(economy).GetStatus(default)).Pause);
        Assert.Equal(
            ["settlement.pause operator the nodes are moved", "settlement.resume second they are"],
            await economy.Rows("""
                SELECT action, by, reason FROM audit.entries JOIN audit.texts USING (sequence)
                WHERE subject = 'settlement' ORDER BY sequence
                """));
        await Holds(economy);
    }

    [Fact]
    public async Task What_a_mismatch_holds_goes_on_by_the_same_word_of_two_persons()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Execute("""
            INSERT INTO settlement.pauses (because, since, details) VALUES (2, '2026-01-05Z', 'one micro is missing');
            UPDATE settlement.state SET paused_because = 2, paused_since = '2026-01-05Z'
            """);
        var (first, second) = (NewKey(), NewKey());

        var asked = OfTwo(await Desk(economy).Resume(new(first, "it is found", TwoPersons.First), default));
        // Nobody approves their own word by saying it again.
        var alone = OfTwo(await Desk(economy).Resume(new(NewKey(), "it is found", TwoPersons.First), default));

        Assert.Equal((ApprovalState.Waiting, "settlement.resume"), (Done(asked).State, Done(asked).Kind));
        Assert.Equal(ApprovalState.Waiting, Done(alone).State);
        Assert.Equal(PauseCause.Mismatch, (await Desk(economy).GetStatus(default)).Pause!.Because);

        var approved = Done(OfTwo(await Desk(economy).Resume(new(second, "I have seen it", TwoPersons.Second), default)));
        Assert.Contains(approved.Id, (Guid[])[Done(asked).Id, Done(alone).Id]);
        Assert.Equal((ApprovalState.Approved, TwoPersons.Second), (approved.State, approved.DecidedBy));
        Assert.Null((await Desk(economy).GetStatus(default)).Pause);
        // Each copy finds its answer.
        var approvedAgain = OfTwo(await Desk(economy).Resume(new(second, "I have seen it", TwoPersons.Second), default));
        var askedAgain = OfTwo(await Desk(economy).Resume(new(first, "it is found", TwoPersons.First), default));
        Assert.Equal((approved.Id, ApprovalState.Approved), (Done(approvedAgain).Id, Done(approvedAgain).State));
        Assert.Equal(Done(asked).Id, Done(askedAgain).Id);
        await Holds(economy);
    }

    [Fact]
    public async Task Of_an_act_that_is_uncertain_two_persons_say_the_same_and_nothing_is_taken_without_a_look()
    {
        await using var economy = await server.NewEconomy();
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Execute(UncertainAct.Sql(Act));
        Assert.Equal(
            SpendingRefusal.ActNotPossible, Refused(await Resolve(economy, NewKey(), TwoPersons.First, Guid.NewGuid())));

        var key = NewKey();
        var asked = Done(await Resolve(economy, key, TwoPersons.First, Act));
        var again = await Resolve(economy, key, TwoPersons.First, Act);
        var batch = (await Desk(economy).GetBatch(Act, default))!; // inserted above

        Assert.Equal((ApprovalState.Waiting, "settlement.resolve"), (asked.State, asked.Kind));
        Assert.True(Assert.IsType<SpendingReply<ApprovalView>.Done>(again).IsReplay);
        Assert.Equal(("uncertain", 1), (batch.Batch.State, Assert.Single(batch.Attempts).Number));
        Assert.Equal([Act], (await Desk(economy).ListBatches(new(null, 10), "uncertain", default)).Batches.Select(one => one.Id));
        Assert.Empty((await Desk(economy).ListBatches(new(null, 10), "sent", default)).Batches);
        // No node is configured here: there is nothing to hold it against.
        Assert.Equal(SpendingRefusal.ChainSilent, Refused(await Resolve(economy, NewKey(), TwoPersons.Second, Act)));
        Assert.Equal(0L, await economy.Ask<long>("SELECT count(*) FROM settlement.decisions"));
        await Holds(economy);
    }

    private static Task<SpendingReply<ApprovalView>> Resolve(TestEconomy economy, RequestKey key, string by, Guid act) =>
        Desk(economy).Resolve(new(key, act, null, "both explorers show nothing", by), default);

    private static ISettlementDeskGrain Desk(TestEconomy economy) => economy.Grains.GetGrain<ISettlementDeskGrain>(0);

    private static SteeringReply.Done Steered(SteeringReply reply) => Assert.IsType<SteeringReply.Done>(reply);

    private static SpendingReply<ApprovalView> OfTwo(SteeringReply reply) =>
        Assert.IsType<SteeringReply.OfTwo>(reply).Reply;

    private static async Task Holds(TestEconomy economy)
    {
        await foreach (var finding in new InvariantsCheck(economy.Database).Run())
        {
            Assert.True(finding.Holds, $"{finding}: {string.Join("; ", finding.Violations)}");
        }
    }
}
