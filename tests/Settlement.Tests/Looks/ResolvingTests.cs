using Stk.Settlement.Acts;
using Stk.Settlement.Landings;
using Stk.Settlement.Looks;
using Stk.Solana.Keys;

namespace Stk.Settlement.Tests.Looks;

/// <summary>Operators' word held against a look at the nodes, before anything is written of it.</summary>
public class ResolvingTests
{
    private static readonly ChainAct Act = TestRun.In(ActState.Uncertain).Act;

    [Fact]
    public void What_two_nodes_prove_stands_and_its_contrary_does_not()
    {
        Assert.IsType<ResolutionReply.Done>(Of(null, Absent("alpha"), Absent("beta")));
        Assert.IsType<ResolutionReply.Contradicted>(Of(Last, Absent("alpha"), Absent("beta")));
        Assert.IsType<ResolutionReply.Done>(Of(Last, Landed("alpha"), Landed("beta")));
        Assert.IsType<ResolutionReply.Contradicted>(Of(null, Landed("alpha"), Landed("beta")));
        Assert.IsType<ResolutionReply.Contradicted>(Of(TestBatch.Signature(9), Landed("alpha"), Landed("beta")));
    }

    [Fact]
    public void One_node_that_shows_otherwise_is_enough_and_is_named()
    {
        var reply = Assert.IsType<ResolutionReply.Contradicted>(Of(null, Unproved("alpha"), Landed("beta")));

        Assert.StartsWith("beta ", reply.What, StringComparison.Ordinal);
        Assert.IsType<ResolutionReply.Contradicted>(Of(Last, Unproved("alpha"), Absent("beta")));
    }

    [Fact]
    public void What_nobody_can_prove_is_taken_and_what_nobody_was_asked_is_not()
    {
        Assert.IsType<ResolutionReply.Done>(Of(null, Absent("alpha"), Unproved("beta")));
        Assert.IsType<ResolutionReply.Done>(Of(Last, Unproved("alpha"), Silent("beta")));
        Assert.IsType<ResolutionReply.NotLooked>(Of(null, Silent("alpha"), Silent("beta")));
        Assert.IsType<ResolutionReply.NotLooked>(Of(Last, Silent("alpha"), Silent("beta")));
    }

    private static Signature Last => Act.Last!.Signature;

    private static ResolutionReply Of(Signature? landed, params NodeLook[] nodes)
    {
        var word = new Resolution(landed is not null, landed, "ann and bob");
        return Resolving.Judge(word, new(1, default, [.. nodes], word), Act, TestRun.Terms.Looks);
    }

    private static NodeLook Absent(string node) => Over(node).End(NodeSays.Absent);

    private static NodeLook Unproved(string node) => Over(node).End(NodeSays.Unproved, "it has thrown history away");

    private static NodeLook Silent(string node) => NodeLooking.Begin(node).FallSilent("no answer");

    private static NodeLook Landed(string node) => (NodeLooking.Begin(node) with
    {
        Landing = new Landing(Last, 1_050, null, IsSignedByUs: true, AsksForThePlan: true, MovedThePlan: true),
    }).End(NodeSays.Landed);

    private static NodeLook Over(string node) =>
        NodeLooking.Begin(node) with { Slot = 1_300, Height = 1_300, IsLifeOver = true, StatusesSlot = 1_301 };
}
