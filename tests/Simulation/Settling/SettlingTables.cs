using Stk.Rules.Money;
using Stk.Settlement;
using Stk.Settlement.Acts;
using Stk.Settlement.Deposits;
using Stk.Settlement.Refusals;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Simulation.Settling;

/// <summary>
/// The rows of settlement and of the ledger, and who may write them. Each writing is held against the chain as it truly is:
/// what a row says must be so.
/// </summary>
internal sealed class SettlingTables(SimulatedChain chain, Mistake mistake, Tally tally)
{
    private readonly Dictionary<Guid, ChainAct> _acts = [];
    private readonly Dictionary<Guid, PayoutRow> _payouts = [];
    private readonly Dictionary<Guid, Amount> _posted = [];
    private readonly HashSet<int> _accountsPaidFor = [];

    private readonly Dictionary<Guid, Deposit> _deposits = [];

    /// <summary>Signatures of acts that others follow: refills.</summary>
    public HashSet<Signature> OtherActs { get; } = [];

    public AccountCursor Cursor { get; private set; } = new(SettlingPlan.FloatTokens, 0, null, SettlingPlan.FirstBalance);

    /// <summary>What is credited, by signature.</summary>
    public ILookup<Signature, Deposit> Deposits => _deposits.Values.ToLookup(deposit => deposit.Signature);

    /// <summary>The first thing that was broken; null where nothing was.</summary>
    public string? Violation { get; private set; }

    public long Epoch { get; private set; }

    /// <summary>Whether the next writing happens, where its end is unknown to its writer; null where it is known.</summary>
    public bool? NextIsLost { get; set; }

    public IReadOnlyDictionary<Guid, ChainAct> Acts => _acts;

    public IReadOnlyDictionary<Guid, PayoutRow> Payouts => _payouts;

    /// <summary>Whether the ledger has a transaction.</summary>
    public bool IsPosted(Guid id) => _posted.ContainsKey(id);

    public bool IsAllDone => _payouts.Values.All(payout => payout.State is PayoutState.Settled or PayoutState.Returned);

    public bool IsPaidFor(int wallet) => _accountsPaidFor.Contains(wallet);

    public long RaiseEpoch() => ++Epoch;

    public void Withdraw(int wallet)
    {
        var number = _payouts.Count + 1;
        var id = new Guid(number, 0, 0, new byte[8]);
        _payouts[id] = new(id, number, wallet, PayoutState.Waiting, Act: null);
    }

    /// <summary>What can be gathered, in the order of its numbers.</summary>
    public IEnumerable<PayoutRow> Waiting(int nowMs) => _payouts.Values
        .Where(payout => payout.AgainAtMs is null || payout.AgainAtMs <= nowMs)
        .Where(payout => payout.State == PayoutState.Waiting || (mistake == Mistake.PayoutInTwoBatches
            && payout.Act is { } act && _acts[act].State == ActState.Planned))
        .OrderBy(payout => payout.Number);

    /// <summary>What follows from a refusal, before its act changes. False: it is left to another.</summary>
    public bool SetAside(Guid id, Remedy remedy, int againAtMs, long epoch)
    {
        if (!MayWrite(epoch))
        {
            return false;
        }

        foreach (var payout in remedy is Remedy.SetAside aside ? aside.Payouts.Select(one => _payouts[one]) : [])
        {
            if (payout.Act == id && payout.State == PayoutState.Batched)
            {
                _payouts[payout.Id] = payout with { AgainAtMs = againAtMs };
            }
        }

        return true;
    }

    /// <summary>A new act with its payouts, in one commit.</summary>
    public bool Insert(ChainAct act, long epoch)
    {
        if (!MayWrite(epoch))
        {
            return false;
        }

        foreach (var id in act.Plan.Payouts.Select(payout => payout.Id))
        {
            var payout = _payouts[id];
            Check(payout.Act is not { } other || _acts[other].IsClosed, "I13: a payout is in two open acts");
            Check(
                payout.State is not (PayoutState.Returned or PayoutState.Settled)
                    && !IsPosted(SettlementIds.Return(payout.Id)),
                $"I13: payout {payout.Number} is {payout.State} and is planned again");
            _payouts[id] = payout with { State = PayoutState.Batched, Act = act.Id };
        }

        _acts[act.Id] = act;
        return true;
    }

    /// <summary>Writes a row where version is one less and the epoch is the writer's. False: refused.</summary>
    public bool Store(ChainAct act, long epoch)
    {
        var old = _acts[act.Id];
        if (!MayWrite(epoch) || (mistake != Mistake.EpochNotChecked && old.Version != act.Version - 1))
        {
            tally.Add("settling: writes refused");
            return false;
        }

        CheckRow(old, act);
        tally.Add($"settling: act {act.State}{(act.IsClosed ? " closed" : "")}");
        _acts[act.Id] = act;
        return true;
    }

    /// <summary><c>settling -> chain</c>: an id that is there is there once.</summary>
    public void Post(Guid id)
    {
        var act = _acts[id];
        Check(act.State == ActState.Finalized, $"the ledger has a settlement of an act that is {act.State}");
        if (!_posted.TryAdd(SettlementIds.Settlement(id), SumOf(act)))
        {
            return;
        }

        foreach (var payout in act.Plan.Payouts.Select(payout => _payouts[payout.Id]))
        {
            Check(payout.State != PayoutState.Returned, $"I13: payout {payout.Number} was returned and is settled");
            Check(payout.State != PayoutState.Settled, $"I13: payout {payout.Number} is settled twice");
            _payouts[payout.Id] = payout with { State = PayoutState.Settled };
            if (act.Plan.Payouts.Any(planned => planned.Id == payout.Id && planned.NeedsAccount))
            {
                _accountsPaidFor.Add(payout.Wallet);
            }
        }
    }

    /// <summary>Returns the guilty and lets the others wait, in one commit; of this act's payouts only.</summary>
    public void Release(Guid id, IEnumerable<Guid> returned, IEnumerable<Guid> others)
    {
        if (mistake == Mistake.FailedBatchPlannedWhole)
        {
            (returned, others) = ([], _acts[id].Plan.Payouts.Select(payout => payout.Id));
        }

        foreach (var payout in returned.Select(one => _payouts[one]).Where(payout => payout.Act == id))
        {
            _posted.TryAdd(SettlementIds.Return(payout.Id), payout.Amount);
            Check(payout.State != PayoutState.Settled, $"I13: payout {payout.Number} is settled and is returned");
            _payouts[payout.Id] = mistake == Mistake.ReturnedAndPlannedAgain
                ? payout with { State = PayoutState.Waiting, Act = null }
                : payout with { State = PayoutState.Returned };
        }

        foreach (var payout in others.Select(one => _payouts[one])
            .Where(payout => payout.Act == id && payout.State == PayoutState.Batched))
        {
            _payouts[payout.Id] = payout with { State = PayoutState.Waiting, Act = null };
        }
    }

    /// <summary>All signatures of ours: what they moved is no deposit.</summary>
    public HashSet<Signature> Ours() =>
    [
        .. _acts.Values.SelectMany(act => act.Attempts).Select(attempt => attempt.Signature),
        .. mistake == Mistake.RefillCredited ? [] : OtherActs,
    ];

    /// <summary>The cursor, where it is the one that was read from.</summary>
    public void Store(DepositReading.Explained read, AccountCursor from)
    {
        if (Cursor == from)
        {
            Cursor = read.Cursor;
            Check(read.Unexplained.IsEmpty, "something of the float's is gone that nobody of ours has moved");
        }
    }

    /// <summary>An id that is there is there once.</summary>
    public void Credit(Deposit deposit) => _deposits.TryAdd(deposit.Id, deposit);

    /// <summary>What leaves for the chain must be in a row.</summary>
    public void CheckSent(Guid id, ReadOnlySpan<byte> bytes)
    {
        foreach (var attempt in _acts[id].Attempts)
        {
            if (attempt.Bytes.AsSpan().SequenceEqual(bytes))
            {
                return;
            }
        }

        Violation ??= "I18: bytes are sent that are in no row";
    }

    public void Check(bool holds, string otherwise) => Violation ??= holds ? null : otherwise;

    private bool MayWrite(long epoch)
    {
        if (epoch == Epoch)
        {
            return true;
        }

        tally.Add("settling: older epochs refused");
        Check(mistake != Mistake.EpochNotChecked, "an older epoch has written");
        return mistake == Mistake.EpochNotChecked;
    }

    private void CheckRow(ChainAct old, ChainAct act)
    {
        Check(
            old.Attempts.Select(one => one.Signature).SequenceEqual(
                act.Attempts.Take(old.Attempts.Length).Select(one => one.Signature)),
            "I18: an attempt's row is gone");
        Check(
            act.Attempts.SkipLast(1).All(one => one.Outcome == AttemptOutcome.Expired),
            "I18: two attempts of an act are open");
        foreach (var attempt in act.Attempts.Where(one => one.Outcome == AttemptOutcome.Expired).Skip(
            old.Attempts.Count(one => one.Outcome == AttemptOutcome.Expired)))
        {
            Check(
                !chain.HasLandedOrCan(Transaction.Parse(attempt.Bytes.AsSpan())),
                $"an attempt is taken for expired that has landed or still can: {attempt.Evidence?.ToJson()}");
        }

        if (act.State == ActState.Finalized)
        {
            Check(
                act.Landed is { } landed && chain.IsFinal(landed.Signature)
                    && chain.Find(landed.Signature) is { Shown.Failure: null } landing
                    && landing.Moves.Exists(move => move.From == SettlingPlan.FloatTokens),
                "an act is finalized that is not final on the chain, or moved nothing of ours");
        }

        if (act is { State: ActState.Failed, Last: { Outcome: not AttemptOutcome.Expired } last })
        {
            Check(
                chain.IsFinal(last.Signature) && chain.Find(last.Signature)?.Shown.Failure is not null,
                "an act is failed that has not failed on the chain");
        }
    }

    private static Amount SumOf(ChainAct act) =>
        Amount.Sum(act.Plan.Payouts.Select(payout => new Amount((long)payout.AmountMicro)));
}

internal enum PayoutState
{
    Waiting,
    Batched,
    Settled,
    Returned,
}

/// <param name="Number">Its amount, too: it is told from all others on the chain by it.</param>
/// <param name="AgainAtMs">Since it was set aside: not before.</param>
internal sealed record PayoutRow(Guid Id, int Number, int Wallet, PayoutState State, Guid? Act, int? AgainAtMs = null)
{
    public Amount Amount => new(Number);
}
