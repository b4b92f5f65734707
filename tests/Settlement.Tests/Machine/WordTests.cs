using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests.Machine;

/// <summary>Two operators may end what is uncertain, and never against what a node shows.</summary>
public class WordTests
{
    private static Resolution Landed => new(true, TestBatch.Attempt(1).Signature, "ann and bob");

    private static Resolution Expired => new(false, null, "ann and bob");

    [Fact]
    public void Only_what_is_uncertain_is_resolved()
    {
        foreach (var state in Enum.GetValues<ActState>().Where(state => state != ActState.Uncertain))
        {
            var run = TestRun.In(state);
            var before = run.Act;

            Assert.IsType<ResolutionReply.NotUncertain>(run.Hear(Expired));

            Assert.Equal(before, run.Act);
            Assert.Empty(run.Alpha.Asked);
        }
    }

    [Fact]
    public void Expired_stands_where_one_node_is_silent_and_the_other_knows_of_nothing()
    {
        var run = TestRun.In(ActState.Uncertain);
        run.Beta.Silent = typeof(Question.Genesis);

        Assert.IsType<ResolutionReply.Done>(run.Hear(Expired));

        Assert.Equal((ActState.Expired, "ann and bob"), (run.Act.State, run.Act.Last?.Evidence?.By));
        Assert.Equal(2, run.Act.Last?.Evidence?.Nodes.Length);
    }

    [Fact]
    public void Expired_is_contradicted_by_a_node_that_shows_anything_of_it()
    {
        foreach (var commitment in Enum.GetValues<Commitment>())
        {
            var run = TestRun.In(ActState.Uncertain);
            run.Beta.Statuses[run.Act.Attempts[0].Signature] = new(1_050, commitment, null);

            var reply = Assert.IsType<ResolutionReply.Contradicted>(run.Hear(Expired));

            Assert.Contains("beta", reply.What, StringComparison.Ordinal);
            Assert.Equal(ActState.Uncertain, run.Act.State);
        }
    }

    [Fact]
    public void Expired_is_contradicted_by_a_node_that_shows_it_and_then_falls_silent()
    {
        var run = TestRun.In(ActState.Uncertain);
        SettlementMachineTests.Land(run, run.Beta);
        run.Beta.Silent = typeof(Question.Landed);

        Assert.IsType<ResolutionReply.Contradicted>(run.Hear(Expired));

        Assert.Equal(ActState.Uncertain, run.Act.State);
    }

    [Fact]
    public void Expired_is_contradicted_by_a_node_where_it_can_still_land()
    {
        var run = TestRun.In(ActState.Uncertain);
        run.Beta.Height = 1_150;

        Assert.IsType<ResolutionReply.Contradicted>(run.Hear(Expired));

        Assert.Equal(ActState.Uncertain, run.Act.State);
    }

    [Fact]
    public void A_word_is_not_taken_where_no_node_answers()
    {
        foreach (var word in (Resolution[])[Landed, Expired])
        {
            var run = TestRun.In(ActState.Uncertain);
            run.Alpha.Genesis = "another";
            run.Beta.Silent = typeof(Question.Height);

            Assert.IsType<ResolutionReply.NotLooked>(run.Hear(word));

            Assert.Equal(ActState.Uncertain, run.Act.State);
        }
    }

    [Fact]
    public void Landed_stands_where_one_node_shows_it()
    {
        var run = TestRun.In(ActState.Uncertain);
        SettlementMachineTests.Land(run, run.Alpha);
        run.Beta.FirstBlock = 1_500;

        Assert.IsType<ResolutionReply.Done>(run.Hear(Landed));

        Assert.Equal((ActState.Finalized, 1_050UL), (run.Act.State, run.Act.Landed?.Slot));
    }

    [Fact]
    public void Landed_is_contradicted_by_a_proof_of_absence_a_failure_and_another_signature()
    {
        var absent = TestRun.In(ActState.Uncertain);
        SettlementMachineTests.Land(absent, absent.Alpha);
        Assert.Contains("beta", Assert.IsType<ResolutionReply.Contradicted>(absent.Hear(Landed)).What, StringComparison.Ordinal);

        var failed = TestRun.In(ActState.Uncertain);
        failed.Beta.Silent = typeof(Question.Genesis);
        SettlementMachineTests.Land(failed, new TransactionError.Named("Nonsense"), failed.Alpha);
        Assert.IsType<ResolutionReply.Contradicted>(failed.Hear(Landed));

        var other = TestRun.In(ActState.Uncertain);
        other.Beta.Silent = typeof(Question.Genesis);
        SettlementMachineTests.Land(other, other.Alpha);
        Assert.IsType<ResolutionReply.Contradicted>(other.Hear(Landed with { Signature = TestBatch.Signature(4) }));
        Assert.All([absent, failed, other], run => Assert.Equal(ActState.Uncertain, run.Act.State));
    }

    [Fact]
    public void What_the_nodes_prove_counts_before_any_word()
    {
        var proved = TestRun.In(ActState.Uncertain);
        Assert.IsType<ResolutionReply.Contradicted>(proved.Hear(Landed));
        Assert.Equal((ActState.Expired, (string?)null), (proved.Act.State, proved.Act.Last?.Evidence?.By));

        var landed = TestRun.In(ActState.Uncertain);
        SettlementMachineTests.Land(landed, landed.Alpha, landed.Beta);
        Assert.IsType<ResolutionReply.Contradicted>(landed.Hear(Expired));
        Assert.Equal(ActState.Finalized, landed.Act.State);
    }
}
