using System.Collections.Immutable;
using Stk.Grains.Economy;
using Stk.Rules.Payouts;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Grains.Payouts;

/// <summary>Makes batches of the payouts that wait, as far as the float reaches.</summary>
internal sealed class BatchGathering(
    ChainTerms terms, ActTable acts, BatchTable payouts, EconomyCache economy, IClock clock, TimeProvider time)
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
        var room = terms.Options.BatchesInFlight - open.Count;
        if (!terms.IsOn || room <= 0)
        {
            return new([], terms.IsOn ? null : PayoutHold.Signer);
        }

        var waiting = await payouts.ReadWaiting(room * PayoutsOfBatch, cancellation);
        if (waiting.IsEmpty)
        {
            return new([], null);
        }

        if (await Look(waiting, cancellation) is not { } seen)
        {
            return new([], PayoutHold.Chain);
        }

        var free = seen.FloatMicro - InFlight(open);
        var covered = ImmutableArray.CreateBuilder<Payout>(waiting.Length);
        foreach (var payout in waiting)
        {
            // In their order: a small one does not overtake one that waits for the float.
            if (free < payout.AmountMicro)
            {
                break;
            }

            free -= payout.AmountMicro;
            covered.Add(new(
                payout.Id, PublicKey.Parse(payout.Address), payout.AmountMicro, seen.MakesAccount.Contains(payout.Address)));
        }

        var batches = PayoutPlanner.Plan(covered.ToImmutable(), terms.Payouts).Take(room).ToList();
        var gathered = ImmutableArray.CreateBuilder<ChainAct>(batches.Count);
        foreach (var batch in batches)
        {
            gathered.Add(await Store(batch, epoch));
        }

        return new(gathered.ToImmutable(), covered.Count < waiting.Length ? PayoutHold.PayoutFloat : null);
    }

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
        var (mint, floatTokens) = (terms.Addresses!.Mint, terms.Addresses.FloatTokens); // asked before
        var wallets = waiting.Select(payout => payout.Address).Distinct(StringComparer.Ordinal).ToList();
        List<PublicKey> asked =
        [
            floatTokens,
            .. wallets.Select(wallet =>
                AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(PublicKey.Parse(wallet), mint)),
        ];
        foreach (var node in terms.Nodes!.All)
        {
            if (await Read(node, asked, cancellation) is not { } found)
            {
                continue;
            }

            var held = found[0] is { } account ? TokenAccount.TryParse(account.Data.AsSpan()) : null;
            var absent = wallets.Where((_, place) =>
                found[place + 1] is not { Owner: var owner } || owner == SystemProgram.ProgramId).ToList();
            var paidFor = await payouts.ReadPaidFor(absent, cancellation);
            var paidAccounts = economy.Current.RuleBooks.Of(WeekId.Of(clock.Now)).Settlement.PaidAccounts;
            return new(
                held?.Amount ?? 0,
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

    private sealed record ChainSight(Int128 FloatMicro, IReadOnlySet<string> MakesAccount);
}

/// <param name="Hold">What the rest waits for; null where nothing does.</param>
internal sealed record GatheredBatches(ImmutableArray<ChainAct> Acts, PayoutHold? Hold);
