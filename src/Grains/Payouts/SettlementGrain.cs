using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.GrainInterfaces.ChainActs;
using Stk.GrainInterfaces.Payouts;
using Stk.Grains.Faults;
using Stk.Grains.Requests;
using Stk.Grains.Signing;
using Stk.Rules.Payouts;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;
using Stk.Solana.Rpc;
using Stk.Storage;

namespace Stk.Grains.Payouts;

/// <inheritdoc cref="ISettlementGrain"/>
/// <remarks>
/// Each activation raises the epoch and reads what is open. What it does goes on between calls, in its own turns; every call
/// may interleave. Whatever it cannot be sure of having stored ends it, and the next activation reads the rows.
/// </remarks>
[OnSilosWithSigner]
internal sealed class SettlementGrain(
    ChainTerms terms, ActTable acts, PayoutTable payouts, LinkTable links, BatchGathering gathering, ActAdoption adoption,
    ChainOrders chain, LedgerOrders ledger, WordTable decisions, SettlementMetrics metrics, TimeProvider time,
    ILogger<SettlementGrain> log) : Grain, ISettlementGrain, IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenGatherings = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenTellings = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenMeasures = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenWants = TimeSpan.FromMinutes(1);

    // The oldest of so many is far older than any attempt that is open.
    private const int LandmarksMost = 1_000;

    private readonly Dictionary<Guid, ActFollower> _followers = [];
    private readonly HashSet<Guid> _heard = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly LinkTelling _telling = new(terms, links);
    private ImmutableArray<Landmark> _landmarks = [];
    private long _epoch;
    private string? _genesis;
    private PayoutHold? _hold;
    private bool _isReady;
    private bool _isGathering;
    private bool _isLeft;
    private bool _isTelling;
    private bool _isAlarmed;
    private DateTimeOffset _gatherAt;
    private DateTimeOffset _measureAt;
    private DateTimeOffset _tellAt;
    private DateTimeOffset _wantAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await DatabaseFaults.Translate(async () =>
        {
            _epoch = await acts.RaiseEpoch(cancellationToken);
            _genesis = await acts.ReadGenesis(cancellationToken);
            _landmarks = await acts.ReadLandmarks(LandmarksMost, cancellationToken);
            foreach (var act in await acts.ReadOpen(cancellationToken))
            {
                Follow(act);
            }
        });
        Log.SettlementBegun(log, _epoch, _followers.Count);
        this.RegisterGrainTimer(
            static (settlement, _) => settlement.Look(), this,
            new() { DueTime = Period, Period = Period, Interleave = true, KeepAlive = true });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isLeft = true;
        await _ending.CancelAsync();
    }

    public void Dispose() => _ending.Dispose();

    public Task Wake()
    {
        _gatherAt = default;
        return Task.CompletedTask;
    }

    private async Task Look()
    {
        if (_isLeft || !terms.IsOn)
        {
            return;
        }

        if (!_isTelling && time.GetUtcNow() >= _tellAt)
        {
            Tell().Ignore();
        }

        if (!_isReady && !await Prepare())
        {
            await Hold(PayoutHold.Chain);
            return;
        }

        foreach (var (id, follower) in _followers.ToList())
        {
            if (follower.IsClosed)
            {
                End(id, follower.Act);
            }
            else
            {
                follower.WakeIfDue();
            }
        }

        if (!_isGathering && time.GetUtcNow() >= _gatherAt)
        {
            // Nodes may hang: what is due of the others does not wait for it.
            Gather().Ignore();
        }
    }

    // The signer may take long: nothing waits for it. It never throws.
    private async Task Tell()
    {
        _isTelling = true;
        try
        {
            await _telling.Tell(_ending.Token);
        }
        catch (OperationCanceledException) when (_isLeft)
        {
        }
        catch (Exception exception)
        {
            Log.TellingFailed(log, exception);
        }
        finally
        {
            _tellAt = time.GetUtcNow() + BetweenTellings;
            _isTelling = false;
        }
    }

    // One at a time, though the timer comes again meanwhile. It never throws.
    private async Task Gather()
    {
        _isGathering = true;
        try
        {
            _gatherAt = time.GetUtcNow() + BetweenGatherings;
            await Hear();
            await Adopt();
            if (time.GetUtcNow() >= _measureAt)
            {
                _measureAt = time.GetUtcNow() + BetweenMeasures;
                Alarm(await gathering.Measure(_ending.Token));
            }

            if (await payouts.IsPaused(_ending.Token))
            {
                return;
            }

            var gathered = await gathering.Gather(
                [.. _followers.Values.Select(follower => follower.Act)], _epoch, _ending.Token);
            foreach (var act in gathered.Acts)
            {
                Log.BatchGathered(log, act.Id, act.Plan.Payouts.Length);
                Follow(act);
            }

            await Hold(gathered.Hold);
            WantRefill(gathered.LackingMicro);
        }
        catch (OperationCanceledException) when (_isLeft)
        {
        }
        catch (Exception exception) when (exception is OutcomeUnknownException or PostgresException)
        {
            // A batch may be stored that this activation does not follow, or another activation has followed this one.
            Leave(exception);
        }
        catch (Exception exception)
        {
            Log.GatheringFailed(log, exception);
        }
        finally
        {
            _isGathering = false;
        }
    }

    // Nothing waits for it: it is asked for again where it was lost, and once only while it waits.
    private void WantRefill(Int128 lackingMicro)
    {
        if (lackingMicro > 0 && lackingMicro <= long.MaxValue && time.GetUtcNow() >= _wantAt)
        {
            _wantAt = time.GetUtcNow() + BetweenWants;
            GrainFactory.GetGrain<IChainActsGrain>(0).WantRefill(new((long)lackingMicro)).Ignore();
        }
    }

    // Each once by an activation; its act's look answers it. One whose act has ended meanwhile has nothing to say.
    private async Task Hear()
    {
        foreach (var open in await decisions.ReadOpen(_ending.Token))
        {
            if (!_heard.Add(open.Approval))
            {
                continue;
            }

            if (_followers.TryGetValue(open.Act, out var follower))
            {
                follower.Tell(new Seen.Word(open.Word));
            }
            else
            {
                await acts.Write(
                    _epoch, [WordTable.Close(open.Act, new ResolutionReply.NotUncertain(), time.GetUtcNow())]);
            }
        }
    }

    // Once each time that it comes to that: a person looks.
    private void Alarm(TimeSpan uncertain)
    {
        var isLong = uncertain >= terms.Options.UncertainAlarm;
        if (isLong && !_isAlarmed)
        {
            Log.UncertainForLong(log, (long)uncertain.TotalMinutes);
        }

        _isAlarmed = isLong;
    }

    // Before a pause is looked at: two persons have approved each of them.
    private async Task Adopt()
    {
        foreach (var act in await adoption.Adopt(_epoch, _ending.Token))
        {
            Log.ActTaken(log, act.Id, act.Plan.Kind);
            Follow(act);
        }
    }

    private void Follow(ChainAct act) => _followers.Add(act.Id, new(
        new FollowedAct(act, _epoch), acts, chain, ledger, TermsOf, Leave, metrics, time, log, _ending.Token));

    private void End(Guid id, ChainAct act)
    {
        _followers.Remove(id);
        if (act.Landed is { Signature: var signature, Slot: { } slot })
        {
            // Newest first, as they were read.
            _landmarks = _landmarks.Insert(0, new(signature, slot));
            if (_landmarks.Length > LandmarksMost)
            {
                _landmarks = _landmarks.RemoveAt(LandmarksMost);
            }
        }
    }

    private MachineTerms TermsOf(ChainAct act)
    {
        var nodes = terms.Nodes!.All; // looked at before anything is followed
        return new(
            [.. nodes.Select(node => node.Node)],
            new(
                _genesis!, // found before anything is woken
                LandmarkFor(act), Math.Min(2, nodes.Length), (ulong)terms.Options.ExpiryMargin));
    }

    // A newer one proves nothing of the attempt: the node may have all that came after.
    private Landmark? LandmarkFor(ChainAct act) => act.Last is { } last
        ? _landmarks.FirstOrDefault(landmark => landmark.Slot <= last.SignedSlot)
        : null;

    private async Task<bool> Prepare()
    {
        if (_genesis is null && !await FindChain())
        {
            return false;
        }

        if (_landmarks.IsEmpty && !await FindLandmarks())
        {
            return false;
        }

        return _isReady = true;
    }

    private async Task<bool> FindLandmarks()
    {
        if (await chain.FindLandmarks(LandmarksMost, _ending.Token) is not { } found)
        {
            return false;
        }

        _landmarks = found;
        return true;
    }

    // The chain that all configured nodes follow, once and for ever.
    private async Task<bool> FindChain()
    {
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in terms.Nodes!.All) // asked before
        {
            if (await node.GetGenesisHash(_ending.Token) is not RpcResult<string>.Answered { Value: var hash })
            {
                return false;
            }

            hashes.Add(hash);
        }

        if (hashes.Count != 1)
        {
            Log.NodesOnSeveralChains(log, hashes.Count);
            return false;
        }

        _genesis = await acts.SetGenesis(hashes.Single(), _epoch, _ending.Token);
        return _genesis is not null;
    }

    private async Task Hold(PayoutHold? hold)
    {
        if (hold != _hold)
        {
            await acts.SetHold(hold, _epoch, _ending.Token);
            _hold = hold;
            Log.PayoutsHeld(log, hold);
            if (hold == PayoutHold.Lamports)
            {
                Log.LamportsLow(log, terms.Options.LamportsFloor);
            }
        }
    }

    // The rows say what has happened: whoever is activated next reads them.
    private void Leave(Exception exception)
    {
        if (_isLeft)
        {
            return;
        }

        _isLeft = true;
        var isOvertaken = exception is PostgresException refusal && KeyedWrites.IsConflict(refusal);
        Log.SettlementLeft(log, exception, _epoch, isOvertaken);
        if (isOvertaken)
        {
            metrics.EpochRefused();
        }

        DeactivateOnIdle();
    }
}
