using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Stk.Grains.Economy;
using Stk.Grains.Payouts;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Settlement.Deposits;
using Stk.Solana.Keys;

namespace Stk.Grains.Deposits;

/// <summary>
/// Reads one of our token accounts once, credits what has arrived, and only then stores up to where it was read.
/// </summary>
internal sealed class DepositIntake(
    ChainTerms terms, CursorTable cursors, DepositTable deposits, ILedger ledger, DepositMetrics metrics,
    EconomyCache economy, IClock clock, TimeProvider time, ILogger<DepositIntake> log)
{
    /// <summary>Why nothing was credited; null where the account is read up to what two nodes show.</summary>
    public async Task<string?> Read(AccountHistory history, CancellationToken cancellation)
    {
        if (terms.Nodes is not { All: var nodes } || await cursors.ReadGenesis(cancellation) is not { } genesis)
        {
            return "It is not known yet which chain is ours.";
        }

        var cursor = await cursors.Read(history.Account, cancellation);
        var views = await history.Look(nodes, cursor, genesis, cancellation);
        var ours = await cursors.FindOurs(
            views.SelectMany(view => view.Entries).Select(entry => entry.Signature).Distinct(), cancellation);
        switch (DepositReading.Of(cursor, views, ours))
        {
            case DepositReading.NotNow(var why):
                return why;
            case DepositReading.Explained read:
                return await Take(read, cursor, history, cancellation);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<string?> Take(
        DepositReading.Explained read, AccountCursor cursor, AccountHistory history, CancellationToken cancellation)
    {
        if (await Credit(read, history.Account, cancellation) is { } objection)
        {
            return objection;
        }

        if (read.Cursor.Slot > cursor.Slot)
        {
            await cursors.Store(read, cursor, time.GetUtcNow());
            history.Forget();
            foreach (var entry in read.Unexplained)
            {
                Log.LeftUnexplained(log, history.Account, (long)-entry.ForeignMicro, entry.Signature);
            }
        }

        return null;
    }

    private async Task<string?> Credit(
        DepositReading.Explained read, PublicKey account, CancellationToken cancellation)
    {
        if (read.Deposits.IsEmpty)
        {
            return null;
        }

        var known = await deposits.FindKnown(read.Deposits.Select(deposit => deposit.Id), cancellation);
        // What is refused by the ledger is refused again for a while: it is not asked for what it cannot give. Nobody else
        // takes from this account.
        var held = (await ledger.GetBalances([AccountId.Chain], cancellation))[0].Balance.Micro;
        var toldFrom = economy.Current.RuleBooks.Of(WeekId.Of(clock.Now)).Settlement.Minimum;
        foreach (var deposit in read.Deposits.Where(deposit => !known.Contains(deposit.Id)))
        {
            if (held < deposit.AmountMicro)
            {
                // A payout may have come back before it was posted.
                return $"{deposit.Signature} has brought more than what the ledger has outside.";
            }

            var owner = await FindOwner(deposit, cancellation);
            // Who has seen a memo can send dust with it: that is credited, and nobody is woken by it.
            var transaction = DepositTransactions.Credit(
                deposit, account, owner, isTold: deposit.AmountMicro >= toldFrom.Micro);
            var result = await ledger.Post(transaction, PostPriority.Bulk, CancellationToken.None);
            if (result.Objection is { } refusal)
            {
                return $"The ledger refused {deposit.Signature}: {refusal}.";
            }

            held -= deposit.AmountMicro;
            Log.DepositCredited(log, deposit.Id, new Amount(deposit.AmountMicro), owner is null ? "suspense" : "credited");
            if (result is PostResult.Accepted)
            {
                metrics.Arrived(isSomebodys: owner is not null);
            }
        }

        return null;
    }

    // The memo first: who sends from an exchange's wallet, or another's, says whose it is.
    private async Task<long?> FindOwner(Deposit deposit, CancellationToken cancellation)
    {
        var mint = terms.Addresses!.Mint; // or nothing is read
        if (DepositMemo.TryRead(mint, deposit.Memo, out var named)
            && await deposits.FindNumbered(named, cancellation) is { } owner)
        {
            return owner;
        }

        return deposit.Sender is { } sender ? await deposits.FindOwner(sender.ToString(), cancellation) : null;
    }
}
