using System.Collections.Immutable;
using Stk.Grains.Economy;
using Stk.Rules.Payouts;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Settlement.Refusals;
using Stk.Solana.Keys;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Grains.Payouts;

/// <summary>Makes batches of the payouts that wait, as far as the float reaches.</summary>
internal sealed class BatchGathering(
    ChainTerms terms, ActTable acts, BatchTable payouts, SettlementMetrics metrics, EconomyCache economy, IClock clock,
    TimeProvider time)
{
    // Of a batch; how many fit is the planner's to say.
    private const int PayoutsOfBatch = 18;

    // Of one question to a node.
    private const int AddressesMost = 100;

    /// <summary>New acts, each stored already; and what holds the rest.</summary>
    /// <param name="open">Those that this activation follows.</param>
    /// <exception cref="Npgsql.PostgresException">Another activation has followed, or a payout was called off meanwhile.</exception>
    public async Task<GatheredBatches> Gather(IReadOnlyCollection<ChainAct> open, long epoch, CancellationToken cancellation)
    {
        var room = terms.Options.BatchesInFlight - open.Count(act => act.Plan.Kind == ActKind.Payouts);
        if (!terms.IsOn || room <= 0)
        {
            return new([], terms.IsOn ? null : PayoutHold.Signer);
        }

        var now = time.GetUtcNow();
        if (await payouts.IsCapped(Remedies.DayBegan(now), cancellation))
        {
            return new([], PayoutHold.DayCap);
        }

        var waiting = await payouts.ReadWaiting(room * PayoutsOfBatch, now, cancellation);
        if (waiting.IsEmpty)
        {
            return new([], null);
        }

        if (await Look(waiting, cancellation) is not { } seen)
        {
            return new([], PayoutHold.Chain);
        }

        if (seen.FloatLamports < (ulong?)terms.Options.LamportsFloor)
        {
            return new([], PayoutHold.Lamports);
        }

        Int128? dayLeft = terms.Options.Caps.DailyCap is { } cap
            ? cap.Micro - await payouts.ReadLeaving(Remedies.DayBegan(now), cancellation)
            : null;
        var free = seen.FloatMicro - InFlight(open);
        var hold = PayoutHold.PayoutFloat;
        var (together, alone) = (new List<Payout>(waiting.Length), new List<Payout>());
        foreach (var payout in waiting)
        {
            // In their order: a small one does not overtake one that waits for the float.
            if (free < payout.AmountMicro || dayLeft < payout.AmountMicro)
            {
                hold = free < payout.AmountMicro ? PayoutHold.PayoutFloat : PayoutHold.DayCap;
                break;
            }

            free -= payout.AmountMicro;
            dayLeft -= payout.AmountMicro;
            (payout.GoesAlone ? alone : together).Add(new(
                payout.Id, PublicKey.Parse(payout.Address), payout.AmountMicro, seen.MakesAccount.Contains(payout.Address)));
        }

        var batches = PayoutPlanner.Plan(together, terms.Payouts)
            .Concat(alone.SelectMany(one => PayoutPlanner.Plan([one], terms.Payouts))).Take(room).ToList();
        var gathered = ImmutableArray.CreateBuilder<ChainAct>(batches.Count);
        foreach (var batch in batches)
        {
            gathered.Add(await Store(batch, epoch));
        }

        if (together.Count + alone.Count == waiting.Length)
        {
            return new(gathered.ToImmutable(), null);
        }

        return new(
            gathered.ToImmutable(), hold,
            hold == PayoutHold.PayoutFloat ? await payouts.ReadWaitingSum(now, cancellation) - free : 0);
    }

    /// <summary>Shows what is open and what the float holds, whether anything waits or not.</summary>
    /// <returns>Since when the oldest uncertain act is so; zero where none is.</returns>
    public async Task<TimeSpan> Measure(CancellationToken cancellation)
    {
        var open = await payouts.ReadOpen(time.GetUtcNow(), cancellation);
        metrics.Show(open);
        await MeasureFloat(cancellation);
        return TimeSpan.FromSeconds(open.UncertainSeconds);
    }

    private async Task MeasureFloat(CancellationToken cancellation)
    {
        if (!terms.IsOn)
        {
            return;
        }

        foreach (var node in terms.Nodes.All)
        {
            if (await Read(node, [terms.Addresses.FloatTokens, terms.Addresses.PayoutFloat], cancellation) is { } found)
            {
                var (held, lamports) = FloatOf(found);
                metrics.Show((long)held, (long)lamports);
                return;
            }
        }
    }

    // The first two of what was asked for.
    private static (ulong HeldMicro, ulong Lamports) FloatOf(List<AccountInfo?> found) => (
        found[0] is { } tokens ? TokenAccount.TryParse(tokens.Data.AsSpan())?.Amount ?? 0 : 0,
        found[1]?.Lamports ?? 0);

    private async Task<ChainAct> Store(PayoutBatch batch, long epoch)
    {
        var id = Guid.CreateVersion7();
        var act = ChainAct.New(id, ActPlan.OfBatch(batch, terms.Payouts!), epoch); // asked before
        await acts.Insert(
            act, time.GetUtcNow(),
            BatchTable.Take(
                id, [.. batch.Payouts.Select(payout => payout.Id)],
                [.. batch.Payouts.Select(payout => payout.NeedsAccount)]));
        return act;
    }

    // What an act pays may have left the float or not: it is never counted as there.
    private static Int128 InFlight(IEnumerable<ChainAct> open) => open
        .Where(act => act.Plan.Kind == ActKind.Payouts && act.State != ActState.Failed)
        .Aggregate((Int128)0, (sum, act) => act.Plan.Payouts.Aggregate(sum, (part, payout) => part + payout.AmountMicro));

    // Null where no node shows all of it.
    private async Task<ChainSight?> Look(ImmutableArray<WaitingPayout> waiting, CancellationToken cancellation)
    {
        var (mint, ours) = (terms.Addresses!.Mint, terms.Addresses); // asked before
        var wallets = waiting.Select(payout => payout.Address).Distinct(StringComparer.Ordinal).ToList();
        List<PublicKey> asked =
        [
            ours.FloatTokens, ours.PayoutFloat,
            .. wallets.Select(wallet =>
                AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(PublicKey.Parse(wallet), mint)),
        ];
        foreach (var node in terms.Nodes!.All)
        {
            if (await Read(node, asked, cancellation) is not { } found)
            {
                continue;
            }

            var (held, lamports) = FloatOf(found);
            var absent = wallets.Where((_, place) =>
                found[place + 2] is not { Owner: var owner } || owner == SystemProgram.ProgramId).ToList();
            var paidFor = await payouts.ReadPaidFor(absent, cancellation);
            var paidAccounts = economy.Current.RuleBooks.Of(WeekId.Of(clock.Now)).Settlement.PaidAccounts;
            return new(
                held, lamports,
                absent.Where(wallet => paidFor.GetValueOrDefault(wallet) < paidAccounts)
                    .ToHashSet(StringComparer.Ordinal));
        }

        return null;
    }

    private static async Task<List<AccountInfo?>?> Read(
        IRpcClient node, List<PublicKey> addresses, CancellationToken cancellation)
    {
        var found = new List<AccountInfo?>(addresses.Count);
        foreach (var part in addresses.Chunk(AddressesMost))
        {
            if (await node.GetMultipleAccounts(part, ReadAt.Confirmed, cancellation)
                is not RpcResult<ImmutableArray<AccountInfo?>>.Answered { Value: var accounts }
                || accounts.Length != part.Length)
            {
                return null;
            }

            found.AddRange(accounts);
        }

        return found;
    }

    private sealed record ChainSight(Int128 FloatMicro, ulong FloatLamports, IReadOnlySet<string> MakesAccount);
}

/// <param name="Hold">What the rest waits for; null where nothing does.</param>
/// <param name="LackingMicro">What the float lacks for all that waits, where that is what holds it; else 0.</param>
internal sealed record GatheredBatches(
    ImmutableArray<ChainAct> Acts, PayoutHold? Hold, Int128 LackingMicro = default);
