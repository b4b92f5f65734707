using System.Collections.Immutable;
using System.Diagnostics;
using Stk.Settlement.Deposits;
using Stk.Settlement.Looks;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;

namespace Stk.Simulation.Settling;

/// <summary>What one node says of the chain, and what is wrong with it.</summary>
internal sealed class SimulatedNode(SimulatedChain chain, Dice dice, Tally tally)
{
    private const int LagMost = 26;
    private const ulong RecentSlots = 12;

    private readonly Dictionary<NodeTrouble, int> _untilMs = [];
    private int _wellUntilMs;
    private int _nowMs;
    private int _lag;
    private ulong _firstSlot = 1;

    /// <summary>By this name it is known to the machine.</summary>
    public required string Name { get; init; }

    public void Begin(NodeTrouble what, int nowMs, int lengthMs)
    {
        _untilMs[what] = nowMs + lengthMs;
        _lag = what == NodeTrouble.Lag ? dice.Between(1, LagMost) : _lag;
        _firstSlot = what == NodeTrouble.Prune ? chain.Blocks[^1].Slot : _firstSlot;
        tally.Add($"node {what}");
    }

    /// <summary>Somebody looks after it: for a while nothing is wrong.</summary>
    public void KeepWell(int untilMs) => _wellUntilMs = untilMs;

    public bool IsWell(int nowMs) => nowMs < _wellUntilMs;

    /// <summary>Its answer, as a driver without mistakes reads it.</summary>
    public Answer Answer(Question question, int nowMs, Mistake mistake)
    {
        _nowMs = nowMs;
        if (Has(NodeTrouble.Silent))
        {
            return new Answer.None("silent");
        }

        var visible = Visible();
        var final = Math.Max(1, Math.Min(chain.FinalCount, visible - SettlingPlan.FinalDepth));
        // Taken for final too early: two blocks are no finality.
        var landedIn = mistake == Mistake.ConfirmedTakenForFinal ? visible - 1 : final;
        return question switch
        {
            Question.Genesis => new Answer.GenesisIs(Has(NodeTrouble.OtherChain) ? "another" : "ours"),
            Question.Height => new Answer.HeightIs(chain.Blocks[final - 1].Slot, chain.Blocks[final - 1].Height),
            Question.Statuses asked => new Answer.StatusesAre(
                chain.Blocks[visible - 1].Slot,
                [.. asked.Signatures.Select(signature => Status(signature, visible, final, mistake))]),
            Question.Landed asked => Landed(asked.Signature, landedIn, mistake),
            Question.Named asked => chain.Blocks[final - 1].Slot < asked.MinContextSlot
                ? new Answer.None("not there yet")
                : new Answer.NamedBy(Named(asked.Address, final)),
            Question.FirstBlock => new Answer.FirstBlockIs(FirstSlot),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>A blockhash at confirmed with its own last valid height, and a slot that is final.</summary>
    public (Blockhash Hash, ulong LastValidHeight, ulong FinalSlot)? LatestBlockhash(int nowMs)
    {
        _nowMs = nowMs;
        var visible = Visible();
        var confirmed = chain.Blocks[Math.Max(0, visible - 2)];
        return Has(NodeTrouble.Silent) || Has(NodeTrouble.OtherChain)
            ? null
            : (confirmed.Hash, chain.LastValidHeight(confirmed.Hash),
                chain.Blocks[Math.Max(0, Math.Min(chain.FinalCount, visible - SettlingPlan.FinalDepth) - 1)].Slot);
    }

    /// <summary>The float's account at finality: balance, and what names it since a transaction; null: no answer.</summary>
    public AccountView? ViewOfFloat(Signature? after, IReadOnlyCollection<PublicKey> ours, int nowMs)
    {
        _nowMs = nowMs;
        if (Has(NodeTrouble.Silent) || Has(NodeTrouble.OtherChain))
        {
            return null;
        }

        var final = Math.Max(1, Math.Min(chain.FinalCount, Visible() - SettlingPlan.FinalDepth));
        var all = chain.Blocks.Take(final).SelectMany(block => block.Landed).ToList();
        var balance = (Int128)SettlingPlan.FirstBalance;
        foreach (var move in all.SelectMany(one => one.Moves))
        {
            balance += move.To == SettlingPlan.FloatTokens ? move.Amount : 0;
            balance -= move.From == SettlingPlan.FloatTokens ? move.Amount : (Int128)0;
        }

        var shown = Has(NodeTrouble.Lie) ? [] : all.Where(one => one.Shown.Slot >= FirstSlot).ToList();
        var from = shown.FindIndex(one => one.Signature == after) + 1;
        return new(
            Name, chain.Blocks[final - 1].Slot, (ulong)balance,
            [
                .. shown.Skip(from).Select(one => AccountEntry.Read(
                    SettlingPlan.FloatTokens, ours, SettlingPlan.Mint, one.Signature, one.Shown)).OfType<AccountEntry>(),
            ]);
    }

    private ulong FirstSlot => Has(NodeTrouble.Prune) ? _firstSlot : 0;

    private bool Has(NodeTrouble what) => _nowMs >= _wellUntilMs && _untilMs.GetValueOrDefault(what) > _nowMs;

    // How many of the blocks it has. One of many machines answers, each at another moment.
    private int Visible()
    {
        var lag = Has(NodeTrouble.Balanced) && dice.Chance(2) ? dice.Next(LagMost) : Has(NodeTrouble.Lag) ? _lag : 0;
        return Math.Max(SettlingPlan.FinalDepth + 1, chain.Blocks.Count - lag);
    }

    private SignatureStatus? Status(Signature signature, int visible, int final, Mistake mistake)
    {
        if (signature == SettlingPlan.Landmark.Signature)
        {
            return FirstSlot > SettlingPlan.Landmark.Slot
                ? null
                : new(SettlingPlan.Landmark.Slot, Commitment.Finalized, null);
        }

        if (Has(NodeTrouble.Lie))
        {
            return null;
        }

        for (var place = 0; place < visible; place++)
        {
            var block = chain.Blocks[place];
            if (block.Slot < FirstSlot || block.Landed.Find(one => one.Signature == signature) is not { } landing)
            {
                continue;
            }

            if (mistake == Mistake.RecentStatusesOnly && block.Slot + RecentSlots < chain.Blocks[visible - 1].Slot)
            {
                return null;
            }

            var commitment = place < final ? Commitment.Finalized
                : place >= visible - 1 ? Commitment.Processed
                : mistake == Mistake.ConfirmedTakenForFinal ? Commitment.Finalized : Commitment.Confirmed;
            return Has(NodeTrouble.NoErrors) && mistake == Mistake.MissingErrorReadAsSuccess
                ? new(block.Slot, commitment, null)
                : new(block.Slot, commitment, landing.Shown.Failure);
        }

        return Has(NodeTrouble.DeadFork) && chain.Dropped.TryGetValue(signature, out var slot)
            ? new(slot, Commitment.Confirmed, null)
            : null;
    }

    private Answer Landed(Signature signature, int final, Mistake mistake)
    {
        var landing = chain.Blocks.Take(final).Where(block => block.Slot >= FirstSlot)
            .SelectMany(block => block.Landed).FirstOrDefault(one => one.Signature == signature);
        if (landing is null || Has(NodeTrouble.Lie))
        {
            return new Answer.LandedAs(null);
        }

        if (!Has(NodeTrouble.NoErrors) || landing.Shown.Failure is null || landing.Transaction.Message.FeePayer
            != SettlingPlan.PayoutFloat.PublicKey)
        {
            return new Answer.LandedAs(landing.Shown);
        }

        // The field is left out: whoever reads that as "none" does not look at the changes either.
        return mistake == Mistake.MissingErrorReadAsSuccess
            ? new Answer.LandedAs(AsIfItHadWorked(landing))
            : new Answer.None("no field \"err\"");
    }

    private ImmutableArray<SignatureInfo> Named(PublicKey address, int final) => Has(NodeTrouble.Lie)
        ? []
        :
        [
            .. chain.Blocks.Take(final).Where(block => block.Slot >= FirstSlot).SelectMany(block => block.Landed)
                .Where(one => one.Transaction.Message.StaticKeys.Contains(address))
                .Select(one => new SignatureInfo(
                    one.Signature, one.Shown.Slot, one.Shown.Failure, Commitment.Finalized, null)),
        ];

    private static LandedTransaction AsIfItHadWorked(SimulatedLanding landing)
    {
        var keys = landing.Transaction.Message.StaticKeys;
        var content = Settlement.Landings.MessageContent.Of(landing.Transaction.Message, SettlingPlan.Mint);
        var after = content.Moves.Select(move => new TokenBalance(
            keys.IndexOf(move.To ?? default), SettlingPlan.Mint, null, move.AmountMicro)).ToList();
        var total = content.Moves.Aggregate(0UL, (sum, move) => sum + move.AmountMicro);
        return landing.Shown with
        {
            Failure = null,
            Before = [new(keys.IndexOf(SettlingPlan.FloatTokens), SettlingPlan.Mint, null, total)],
            After = [.. after],
        };
    }
}
