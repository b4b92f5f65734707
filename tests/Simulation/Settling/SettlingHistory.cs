using Stk.Settlement;
using Stk.Settlement.Acts;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Simulation.Settling;

/// <summary>
/// Payouts on a simulated chain: silos that die and are taken over, nodes that lag and lie, forks, a network that loses and
/// delays. The decisions are those of the machine that production runs; the signer guards nothing.
/// </summary>
internal sealed class SettlingHistory
{
    private const int HealthyBlocks = 30;
    private const int DrainMs = 180_000;
    private const int RevivedAfterMs = 1_500;
    private const int WellMs = 16_000;

    private readonly SettlingWorld _world;
    private readonly Dice _dice;
    private readonly List<SettlingSilo> _silos = [];
    private bool _isHealed;
    private int _lookedAfterUntilMs;

    public SettlingHistory(IReadOnlyList<SettlingStep> steps, Dice dice, Mistake mistake, Tally tally)
    {
        _dice = dice.Fork();
        _world = new(dice.Fork(), mistake, tally);
        for (var block = 0; block < HealthyBlocks; block++)
        {
            _world.Chain.Produce();
        }

        for (var wallet = 0; wallet < SettlingPlan.Wallets; wallet += 2)
        {
            _world.Chain.Change(wallet, AccountChange.Open);
        }

        foreach (var step in steps)
        {
            _world.Time.At(step.AtMs, () => Do(step));
        }
    }

    /// <summary>What was broken; null where nothing was.</summary>
    public string? Run()
    {
        _silos.Add(new(_world));
        Block();
        Revive();
        _world.Time.RunUntil(SettlingPlan.LengthMs, () => _world.Tables.Violation is not null);
        _isHealed = true;
        _world.Heal();
        _world.Chain.IsFull = false;
        _world.Time.RunUntil(
            SettlingPlan.LengthMs + DrainMs,
            () => _world.Tables.Violation is not null
                || (_world.Tables.IsAllDone && _world.Tables.Acts.Values.All(act => act.IsClosed)
                    && DepositViolation() is null && !_world.Chain.HasWaiting));
        _world.Tally.Add("settling: events", _world.Time.Events);
        return _world.Tables.Violation ?? Violation();
    }

    private void Block()
    {
        _world.Chain.Produce();
        if (_dice.Chance(4))
        {
            _world.Signer.Flush();
        }

        _world.Time.After(SettlingPlan.SlotMs, Block);
    }

    private void Revive()
    {
        // One that was taken over does not settle, even where it goes on.
        if (!_silos[^1].IsUp)
        {
            _silos.Add(new(_world));
        }

        _world.Time.After(RevivedAfterMs, Revive);
    }

    private void Do(SettlingStep step)
    {
        if (_isHealed)
        {
            return;
        }

        switch (step)
        {
            case SettlingStep.Withdraw withdraw:
                _world.Tables.Withdraw(withdraw.Wallet);
                break;
            case SettlingStep.Send send:
                SendToFloat(SettlingPlan.Stranger, SettlingPlan.StrangersTokens, send.AmountMicro);
                break;
            case SettlingStep.Refill refill:
                _world.Tables.OtherActs.Add(
                    SendToFloat(SettlingPlan.Vault, SettlingPlan.VaultTokens, refill.AmountMicro));
                break;
            case SettlingStep.Change change:
                _world.Chain.Change(change.Wallet, change.What);
                break;
            case SettlingStep.Crash crash:
                _silos.Where(silo => silo.IsUp).ToList().ForEach(silo => silo.DieAfter(crash.Acts));
                break;
            case SettlingStep.Takeover takeover:
                // Not while operators wait for an answer: what they say is held against a node that is well.
                var pauseMs = _world.Time.NowMs < _lookedAfterUntilMs ? 0 : takeover.PauseMs;
                _silos.Where(silo => silo.IsUp).ToList().ForEach(silo => silo.Pause(pauseMs));
                _silos.Add(new(_world));
                break;
            case SettlingStep.SignerCrash:
                _world.Signer.Crash();
                break;
            case SettlingStep.LoseWrite lose:
                _world.Tables.NextIsLost = lose.IsWritten;
                break;
            case SettlingStep.Network network:
                _world.TroubleNetwork(network.LengthMs, network.IsLossy);
                break;
            case SettlingStep.Congestion congestion:
                _world.Chain.IsFull = true;
                _world.Time.After(congestion.LengthMs, () => _world.Chain.IsFull = false);
                break;
            case SettlingStep.Trouble trouble:
                _world.Nodes[trouble.Node].Begin(trouble.What, _world.Time.NowMs, trouble.LengthMs);
                break;
            case SettlingStep.Fork fork:
                _world.Chain.Fork(fork.Blocks, fork.IsRelanded);
                break;
            case SettlingStep.Stranger stranger:
                Intrude(stranger.CopiesThePlan);
                break;
            case SettlingStep.Word word:
                Resolve(word.IsWrong);
                break;
        }
    }

    private Signature SendToFloat(Account payer, PublicKey from, int amountMicro)
    {
        var transaction = new TransactionBuilder().SetFeePayer(payer.PublicKey)
            .SetRecentBlockHash(_world.Chain.Blocks[^1].Hash)
            .AddInstruction(TokenProgram.TransferChecked(
                from, SettlingPlan.FloatTokens, (ulong)amountMicro, 6, payer.PublicKey, SettlingPlan.Mint))
            .Build(payer);
        _world.Chain.Submit(transaction);
        return transaction.Id;
    }

    // Of the act that was sent last: its reference is known to all.
    private void Intrude(bool copiesThePlan)
    {
        var act = _world.Tables.Acts.Values.LastOrDefault(one => one.State is ActState.Sent or ActState.Uncertain);
        if (act?.Reference is not { } reference)
        {
            return;
        }

        var builder = new TransactionBuilder().SetFeePayer(SettlingPlan.Stranger.PublicKey)
            .SetRecentBlockHash(_world.Chain.Blocks[^1].Hash);
        builder = copiesThePlan
            ? builder.AddInstructions(act.Plan.Moves.Select(move => TokenProgram.TransferChecked(
                SettlingPlan.StrangersTokens, move.To ?? default, move.AmountMicro, 6, SettlingPlan.Stranger.PublicKey,
                SettlingPlan.Mint).WithReference(reference)))
            : builder.AddInstruction(MemoProgram.NewMemo("me too").WithReference(reference));
        _world.Chain.Submit(builder.Build(SettlingPlan.Stranger));
        _world.Tally.Add("settling: strangers");
    }

    // They have looked at a node that is well; what they say of it may be wrong all the same.
    private void Resolve(bool isWrong)
    {
        var act = _world.Tables.Acts.Values.FirstOrDefault(one => one.State == ActState.Uncertain);
        if (act?.Last is not { } last || _silos[^1] is not { IsUp: true, IsPaused: false } silo)
        {
            return;
        }

        _lookedAfterUntilMs = _world.Time.NowMs + WellMs;
        _world.Nodes[0].KeepWell(_lookedAfterUntilMs);
        var hasLanded = _world.Chain.IsFinal(last.Signature) && _world.Chain.Find(last.Signature) is { Shown.Failure: null };
        var says = hasLanded != isWrong;
        silo.Hear(act.Id, new(says, says ? last.Signature : null, "ann and bob"));
    }

    private string StateOf(PayoutRow payout) => payout.Act is { } id && _world.Tables.Acts[id] is var act
        ? $"its act is {act.State} with {act.Attempts.Length} attempts: {act.Last?.Evidence?.ToJson()}"
        : "it is in no act";

    // After everything was well for long.
    private string? Violation()
    {
        var paid = _world.Chain.Landings.SelectMany(landing => landing.Moves)
            .Where(move => move.From == SettlingPlan.FloatTokens)
            .CountBy(move => (int)move.Amount).ToDictionary();
        foreach (var payout in _world.Tables.Payouts.Values)
        {
            var times = paid.GetValueOrDefault(payout.Number);
            _world.Tally.Add($"settling: payout {payout.State}");
            if (payout.State is PayoutState.Waiting or PayoutState.Batched)
            {
                return $"payout {payout.Number} is {payout.State} for ever, and landed {times} times; {StateOf(payout)}";
            }

            if (times != (payout.State == PayoutState.Settled ? 1 : 0))
            {
                return $"payout {payout.Number} is {payout.State} and landed {times} times";
            }

            if (payout.State == PayoutState.Returned != _world.Tables.IsPosted(SettlementIds.Return(payout.Id)))
            {
                return $"payout {payout.Number} is {payout.State} and the ledger has it otherwise";
            }
        }

        foreach (var act in _world.Tables.Acts.Values)
        {
            if (act.State == ActState.Finalized != _world.Tables.IsPosted(SettlementIds.Settlement(act.Id)))
            {
                return $"an act is {act.State} and the ledger has it otherwise";
            }

            if (act.Attempts.Any(attempt => !_world.Signer.Has(attempt.Signature)))
            {
                return "I21: an attempt is not in the signer's file";
            }
        }

        return DepositViolation();
    }

    // What came to the float's account and is not ours is credited once, and nothing else is.
    private string? DepositViolation()
    {
        var credited = _world.Tables.Deposits;
        var arrived = _world.Chain.Landings
            .Where(landing => landing.Moves.Exists(move => move.To == SettlingPlan.FloatTokens))
            .ToDictionary(landing => landing.Signature, landing => (long)landing.Moves[0].Amount);
        foreach (var (signature, amountMicro) in arrived)
        {
            var isOurs = _world.Tables.OtherActs.Contains(signature);
            if (credited[signature].Sum(deposit => deposit.AmountMicro) != (isOurs ? 0 : amountMicro))
            {
                return $"I19: {amountMicro} micro-STK arrived, {(isOurs ? "ours" : "a deposit")}, and "
                    + $"{credited[signature].Count()} deposits of it are credited";
            }
        }

        return credited.Any(one => !arrived.ContainsKey(one.Key)) ? "I19: a deposit is credited that never arrived" : null;
    }
}
