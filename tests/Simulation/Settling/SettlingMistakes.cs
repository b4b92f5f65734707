using System.Collections.Immutable;
using Stk.Settlement.Acts;
using Stk.Settlement.Landings;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;
using Stk.Simulation.Mistakes;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Simulation.Settling;

/// <summary>The machine, what nodes answer it, and the wrong ones: one thing wrong in each, around the right one.</summary>
internal static class SettlingMistakes
{
    public const string TimedOut = "the node did not answer in time";
    public const string AlreadyProcessed = "AlreadyProcessed";

    public static Step Next(Mistake mistake, FollowedAct before, Seen seen, DateTimeOffset now, MachineTerms terms) =>
        (mistake, seen) switch
        {
            (Mistake.SignedAnewOnAlreadyProcessed, Seen.SendAnswered { Answer: AlreadyProcessed })
                or (Mistake.SignedAnewOnATimeOut, Seen.SendAnswered { Answer: TimedOut })
                when before.Act is { State: ActState.Signed or ActState.Sent, IsClosed: false } => TakenForDead(before),
            (Mistake.ResolvedWithoutALook, Seen.Word { Resolution: var word })
                when before.Act.State == ActState.Uncertain => TakenAtItsWord(before, word),
            (Mistake.ReferenceOfAStranger, Seen.Answered answered) when TakenForOurs(before, answered) is { } look =>
                new(before with { Look = look }, MustStore: false, []),
            (Mistake.StatusesBeforeHeightAndOneLook, Seen.Answered) when before.Act.State == ActState.Sent =>
                BelievedAtOnce(before, seen, now, terms),
            // It may have been signed by another question meanwhile.
            (Mistake.RefusedWhileItMayLand, Seen.Refused)
                when before.Act.State is ActState.Signed or ActState.Sent or ActState.Uncertain =>
                Written(before, before.Act with { State = ActState.Failed }),
            _ => SettlementMachine.Next(before, seen, now, terms),
        };

    /// <summary>What the driver hands to the machine for a question.</summary>
    public static Answer Answer(SettlingWorld world, Guid id, SimulatedNode node, Question question)
    {
        var now = world.Time.NowMs;
        switch (world.Mistake)
        {
            case Mistake.OneNodesWord:
                return world.Nodes[0].Answer(question, now, world.Mistake);
            case Mistake.HeightOfAnotherNode when question is Question.Height:
                // Of whichever is furthest: the one that is asked about signatures may be behind it.
                return world.Nodes.Select(other => other.Answer(question, now, world.Mistake)).OfType<Answer.HeightIs>()
                    .MaxBy(height => height.Height) ?? new Answer.None("") as Answer;
            case Mistake.HeightOfAnotherNode when question is Question.Named named:
                return node.Answer(named with { MinContextSlot = 0 }, now, world.Mistake);
            case Mistake.HeightOfAnotherNode when question is Question.Statuses:
                return node.Answer(question, now, world.Mistake) is Answer.StatusesAre found
                    ? found with { Slot = ulong.MaxValue }
                    : new Answer.None("");
            case Mistake.BalancesForTotals when question is Question.Named && !IsPaidByBalance(world, id):
                return new Answer.NamedBy([]);
            case Mistake.BalancesForTotals when question is Question.Statuses && !IsPaidByBalance(world, id):
                return node.Answer(question, now, world.Mistake) is Answer.StatusesAre all
                    ? all with { Found = [.. all.Found[..^1].Select(_ => (SignatureStatus?)null), all.Found[^1]] }
                    : new Answer.None("");
            default:
                return node.Answer(question, now, world.Mistake);
        }
    }

    // Whether somebody has got it is read from what they have.
    private static bool IsPaidByBalance(SettlingWorld world, Guid id)
    {
        var payout = world.Tables.Acts[id].Plan.Payouts[0];
        return world.Chain.HoldingOf(world.Tables.Payouts[payout.Id].Wallet)?.Amount >= payout.AmountMicro;
    }

    // What the first look shows is not written down and looked at afresh.
    private static Step BelievedAtOnce(FollowedAct before, Seen seen, DateTimeOffset now, MachineTerms terms)
    {
        var step = SettlementMachine.Next(
            before with { Act = before.Act with { State = ActState.Uncertain } }, seen, now, terms);
        return step.MustStore ? step : step with { After = step.After with { Act = before.Act } };
    }

    private static Step TakenForDead(FollowedAct before) => before.Act.Last is { } last
        ? Written(before, before.Act.WithLast(last with { Outcome = AttemptOutcome.Expired }) with
        {
            State = ActState.Expired,
        })
        : new(before, MustStore: false, []);

    private static Step TakenAtItsWord(FollowedAct before, Resolution word) => before.Act.Last is { } last
        ? Written(before, before.Act.WithLast(last with
        {
            Outcome = word.IsLanded ? AttemptOutcome.Landed : AttemptOutcome.Expired,
        }) with
        {
            State = word.IsLanded ? ActState.Finalized : ActState.Expired,
            Landed = word.IsLanded ? new(last.Signature, null) : null,
        })
        : new(before, MustStore: false, []);

    private static Step Written(FollowedAct before, ChainAct act) => new(
        before with { Act = act with { Epoch = before.Epoch, Version = before.Act.Version + 1 }, Look = null },
        MustStore: true, []);

    // Whoever names our reference is taken for us.
    private static Look? TakenForOurs(FollowedAct before, Seen.Answered answered)
    {
        if (before.Look is not { } look || look.Number != answered.Look
            || answered.Answer is not Answer.LandedAs { Transaction: { } shown }
            || look.Nodes.FirstOrDefault(one => one.Node == answered.Node) is not { NamedBy.IsDefault: false } node)
        {
            return null;
        }

        var landing = new Landing(
            Transaction.Parse(shown.Bytes.AsSpan()).Id, shown.Slot, shown.Failure, IsSignedByUs: true,
            AsksForThePlan: true, MovedThePlan: true);
        ImmutableArray<NodeLook> nodes = look.Nodes.Replace(node, (node with { Landing = landing }).End(NodeSays.Landed));
        return look with { Nodes = nodes };
    }
}
