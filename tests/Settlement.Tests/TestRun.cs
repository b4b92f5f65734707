using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;

namespace Stk.Settlement.Tests;

/// <summary>An act under the machine: two nodes, a clock, and the orders that are left to do.</summary>
internal sealed class TestRun
{
    public const long Epoch = 7;

    public static readonly MachineTerms Terms = new(["alpha", "beta"], new("ours", TestNode.Landmark));

    public TestRun(ChainAct act, MachineTerms? terms = null) => (Followed, MachineTerms) = (new(act, Epoch), terms ?? Terms);

    public FollowedAct Followed { get; private set; }

    public MachineTerms MachineTerms { get; }

    public ChainAct Act => Followed.Act;

    public TestNode Alpha { get; } = new();

    public TestNode Beta { get; } = new();

    public TestNode[] Both => [Alpha, Beta];

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    /// <summary>In a state, with an attempt where it has one; its time is over at the nodes as they begin.</summary>
    public static TestRun In(ActState state)
    {
        var act = ChainAct.New(TestBatch.Id, TestBatch.Plan, epoch: 3);
        if (state == ActState.Planned)
        {
            return new(act);
        }

        var attempt = TestBatch.Attempt(1);
        return new(act with
        {
            State = state,
            Version = 5,
            Attempts =
            [
                attempt with
                {
                    Outcome = state switch
                    {
                        ActState.Finalized => AttemptOutcome.Landed,
                        ActState.Failed => AttemptOutcome.Failed,
                        ActState.Expired => AttemptOutcome.Expired,
                        _ => null,
                    },
                },
            ],
            Landed = state == ActState.Finalized ? new(attempt.Signature, 1_050) : null,
        });
    }

    public void Wait(double seconds) => Now = Now.AddSeconds(seconds);

    /// <summary>One step; the orders that it gives. Looks that it orders are carried out at once.</summary>
    public List<Order> See(Seen seen)
    {
        var step = SettlementMachine.Next(Followed, seen, Now, MachineTerms);
        Assert.Equal(step.MustStore, step.After.Act != Followed.Act);
        if (step.MustStore)
        {
            Assert.Equal((Followed.Act.Version + 1, Epoch), (step.After.Act.Version, step.After.Act.Epoch));
        }

        Followed = step.After;
        var orders = new List<Order>();
        foreach (var order in step.Orders)
        {
            orders.AddRange(order is Order.Ask ask
                ? See(new Seen.Answered(
                    ask.Look, ask.Node, (ask.Node == "alpha" ? Alpha : Beta).Answer(ask.Question)))
                : [order]);
        }

        return orders;
    }

    public List<Order> Wake() => See(new Seen.Woken());

    public ResolutionReply Hear(Resolution word) =>
        See(new Seen.Word(word)).OfType<Order.Reply>().Single().What;
}
