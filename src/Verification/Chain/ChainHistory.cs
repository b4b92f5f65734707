using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

namespace Stk.Verification.Chain;

/// <summary>All that a node shows of our token accounts, from their beginning, and that explains what they hold.</summary>
/// <param name="Transactions">Those that have changed anything, each once.</param>
internal sealed record ChainHistory(ImmutableArray<ChainTransaction> Transactions)
{
    // Of one question to a node.
    private const int PageMost = 1_000;

    /// <summary>The history, or a sentence that says why there is none.</summary>
    public static async Task<(ChainHistory? History, string Trouble)> Read(
        IRpcClient node, ChainBook book, VaultAddresses ours, CancellationToken cancellation)
    {
        // The last that the ledger knows of: a node that is behind it says nothing.
        var at = new ReadAt(Commitment.Finalized, book.LastSlot);
        if (await node.GetGenesisHash(cancellation) is not RpcResult<string>.Answered { Value: var chain }
            || chain != book.Genesis)
        {
            return (null, "It does not answer, or follows another chain.");
        }

        var read = new Dictionary<Signature, ChainTransaction>();
        foreach (var account in (PublicKey[])[ours.VaultTokens, ours.FloatTokens])
        {
            var isKnown = book.Slots.ContainsKey(account.ToString());
            if (await Balance(node, account, isKnown, at, cancellation) is not var (balanceMicro, slot)
                || await List(node, account, slot, cancellation) is not { } listed)
            {
                return (null, $"It does not show {account} at finality of slot {book.LastSlot}.");
            }

            foreach (var one in listed.Where(one => one.Failure is null && !read.ContainsKey(one.Signature)))
            {
                if (await node.GetTransaction(one.Signature, Commitment.Finalized, cancellation)
                    is not RpcResult<LandedTransaction?>.Answered { Value: { } landed }
                    || Decode(one.Signature, ours.Mint, landed) is not { } transaction)
                {
                    return (null, $"It does not show transaction {one.Signature}.");
                }

                read.Add(one.Signature, transaction);
            }

            // Without it a gap in its history would pass for what has never happened.
            var sum = read.Values.Where(one => one.Slot <= slot).Aggregate(
                (Int128)0, (total, one) => total + one.Changes.GetValueOrDefault(account.ToString()));
            if (sum != balanceMicro)
            {
                return (null, $"What it shows of {account} comes to {sum} micro-STK, and it holds {balanceMicro}.");
            }
        }

        return (new([.. read.Values.Where(one => !one.Changes.IsEmpty)]), "");
    }

    // What is not made yet holds nothing. What was read once is there: a node that shows nothing of it does not know it.
    private static async Task<(ulong Micro, ulong Slot)?> Balance(
        IRpcClient node, PublicKey account, bool isKnown, ReadAt at, CancellationToken cancellation)
    {
        if (!isKnown && await node.GetAccountInfo(account, at, cancellation)
            is RpcResult<AccountInfo?>.Answered { Value: null, ContextSlot: { } absent })
        {
            return (0, absent);
        }

        return await node.GetTokenAccountBalance(account, at, cancellation)
            is RpcResult<TokenAmount>.Answered { Value.Amount: var micro, ContextSlot: { } slot }
                ? (micro, slot)
                : null;
    }

    private static async Task<List<SignatureInfo>?> List(
        IRpcClient node, PublicKey account, ulong slot, CancellationToken cancellation)
    {
        var listed = new List<SignatureInfo>();
        Signature? before = null;
        while (true)
        {
            if (await node.GetSignaturesForAddress(
                account, new(Commitment.Finalized, slot), PageMost, before, until: null, cancellation)
                is not RpcResult<ImmutableArray<SignatureInfo>>.Answered { Value: var page })
            {
                return null;
            }

            listed.AddRange(page);
            if (page.IsEmpty || page[^1].Signature == before)
            {
                return listed;
            }

            before = page[^1].Signature;
        }
    }

    private static ChainTransaction? Decode(Signature signature, PublicKey mint, LandedTransaction landed)
    {
        if (!Transaction.TryParse(landed.Bytes.AsSpan(), out var transaction, out _) || transaction.Id != signature)
        {
            return null;
        }

        var keys = transaction.Message.StaticKeys.AddRange(landed.Loaded);
        var changes = new Dictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var (balance, sign) in landed.Before.Select(one => (one, -1)).Concat(landed.After.Select(one => (one, 1))))
        {
            if (balance.Mint != mint)
            {
                continue;
            }

            if (balance.AccountIndex < 0 || balance.AccountIndex >= keys.Length)
            {
                return null;
            }

            var account = keys[balance.AccountIndex].ToString();
            changes[account] = changes.GetValueOrDefault(account) + (sign * (Int128)balance.Amount);
        }

        return new(
            signature.ToString(), landed.Slot,
            changes.Where(one => one.Value != 0).ToImmutableDictionary(StringComparer.Ordinal));
    }
}

/// <param name="Changes">By token account of our mint; those that end as they began are left out. Unit: micro-STK.</param>
internal sealed record ChainTransaction(string Signature, ulong Slot, ImmutableDictionary<string, Int128> Changes);
