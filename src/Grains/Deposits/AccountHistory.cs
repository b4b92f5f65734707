using System.Collections.Immutable;
using Stk.Settlement.Deposits;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

namespace Stk.Grains.Deposits;

/// <summary>
/// What nodes say of one of our token accounts since a cursor. Anybody can put transactions into its history, so what a node
/// has shown is kept until the cursor is beyond it: a long list is not begun anew.
/// </summary>
internal sealed class AccountHistory(PublicKey account, VaultAddresses ours, CursorTable acts)
{
    // Of one question to a node.
    private const int PageMost = 1_000;

    // To one node at a time.
    private const int AtOnce = 8;

    private readonly Dictionary<(string Node, Signature Signature), AccountEntry> _read = [];

    public PublicKey Account => account;

    /// <summary>One a node that has answered all for our chain.</summary>
    public async Task<ImmutableArray<AccountView>> Look(
        IEnumerable<IRpcClient> nodes, AccountCursor cursor, string genesis, CancellationToken cancellation)
    {
        var views = await Task.WhenAll(nodes.Select(node => Look(node, cursor, genesis, cancellation)));
        return [.. views.OfType<AccountView>()];
    }

    /// <summary>The cursor is beyond all that was shown.</summary>
    public void Forget() => _read.Clear();

    private async Task<AccountView?> Look(
        IRpcClient node, AccountCursor cursor, string genesis, CancellationToken cancellation)
    {
        if (await node.GetGenesisHash(cancellation) is not RpcResult<string>.Answered { Value: var chain }
            || chain != genesis
            || await node.GetTokenAccountBalance(account, ReadAt.Finalized, cancellation)
                is not RpcResult<TokenAmount>.Answered { Value.Amount: var balanceMicro, ContextSlot: { } slot }
            || await List(node, cursor, slot, cancellation) is not { } listed)
        {
            return null;
        }

        var landed = await acts.FindLanded(listed.Select(one => one.Signature), cancellation);
        var entries = ImmutableArray.CreateBuilder<AccountEntry>(listed.Count);
        foreach (var part in listed.Chunk(AtOnce))
        {
            foreach (var entry in await Task.WhenAll(part.Select(one => Read(node, one, landed, cancellation))))
            {
                if (entry is null)
                {
                    return null;
                }

                entries.Add(entry);
            }
        }

        return new(node.Node, slot, balanceMicro, entries.ToImmutable());
    }

    // The oldest first; null where the node does not say all of it. A node may have fewer on a page than were asked for, and
    // may not know the cursor's last any more: then the slots say where it is.
    private async Task<List<SignatureInfo>?> List(
        IRpcClient node, AccountCursor cursor, ulong slot, CancellationToken cancellation)
    {
        var listed = new List<SignatureInfo>();
        Signature? before = null;
        while (true)
        {
            if (await node.GetSignaturesForAddress(
                account, new(Commitment.Finalized, slot), PageMost, before, cursor.Last, cancellation)
                is not RpcResult<ImmutableArray<SignatureInfo>>.Answered { Value: var page })
            {
                return null;
            }

            listed.AddRange(page.Where(one => one.Slot > cursor.Slot));
            if (page.IsEmpty || page[^1].Slot <= cursor.Slot || page[^1].Signature == before)
            {
                listed.Reverse();
                return listed;
            }

            before = page[^1].Signature;
        }
    }

    private async Task<AccountEntry?> Read(
        IRpcClient node, SignatureInfo one, IReadOnlyDictionary<Signature, ActPlan> landed, CancellationToken cancellation)
    {
        if (one.Failure is not null)
        {
            return AccountEntry.OfFailed(one.Signature, one.Slot);
        }

        // Two nodes have shown what it did before its act was final.
        if (landed.TryGetValue(one.Signature, out var plan))
        {
            return AccountEntry.OfPlan(account, plan, one.Signature, one.Slot);
        }

        if (_read.TryGetValue((node.Node, one.Signature), out var before))
        {
            return before;
        }

        if (await node.GetTransaction(one.Signature, Commitment.Finalized, cancellation)
            is not RpcResult<LandedTransaction?>.Answered { Value: { } transaction })
        {
            return null;
        }

        var entry = AccountEntry.Read(
            account, [ours.VaultTokens, ours.FloatTokens], ours.Mint, one.Signature, transaction);
        if (entry is not null)
        {
            _read[(node.Node, one.Signature)] = entry;
        }

        return entry;
    }
}
