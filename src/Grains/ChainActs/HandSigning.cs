using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Stk.GrainInterfaces.ChainActs;
using Stk.Grains.Payouts;
using Stk.Settlement.Landings;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;

namespace Stk.Grains.ChainActs;

/// <summary>What the holder of a key is to sign, and whether what was signed is that.</summary>
internal sealed class HandSigning(ChainTerms terms, AskedActTable asked)
{
    /// <summary>Null where this silo has no nodes or no mint.</summary>
    public async Task<ActToSign?> Offer(AskedChainAct act, CancellationToken cancellation)
    {
        if (!IsOn(out var nodes, out var ours))
        {
            return null;
        }

        var plan = AskedPlans.Of(act, ours);
        var account = HandNonce.Of(plan.Authority);
        var offer = new ActToSign(
            plan.Authority.ToString(), ours.Mint.ToString(), ours.MintAuthority.ToString(), ours.Vault.ToString(),
            ours.PayoutFloat.ToString(), account.ToString(), null, null, null);
        if (await asked.FindUnderWay(act, cancellation) is { } other)
        {
            return offer with { Trouble = $"Act {other} of the same key is on its way: this one is signed after it." };
        }

        if (await ReadNonce(nodes, account, cancellation) is not var (nonce, _))
        {
            return offer with
            {
                Trouble = "Too few nodes show the key's nonce account: it is not made yet, or they do not answer.",
            };
        }

        var message = HandMessage.Of(act.Id, plan, nonce);
        return offer with
        {
            Nonce = nonce.ToString(),
            Transaction = [.. new Transaction(message, [Signature.Missing]).Serialize()],
        };
    }

    /// <summary>Looks at signed bytes as a stranger's: they may be anything.</summary>
    public async Task<SignedCheck> Check(AskedChainAct act, ImmutableArray<byte> bytes, CancellationToken cancellation)
    {
        if (!IsOn(out var nodes, out var ours))
        {
            return new SignedCheck.Silent();
        }

        var plan = AskedPlans.Of(act, ours);
        if (!Transaction.TryParse(bytes.AsSpan(), out var transaction, out var flaw))
        {
            return new SignedCheck.Other($"It is no transaction: {flaw}.");
        }

        var nonce = transaction.Message.Lifetime;
        if (!HandMessage.Of(act.Id, plan, nonce).Serialize().AsSpan().SequenceEqual(transaction.Message.Serialize()))
        {
            return new SignedCheck.Other("It asks for something else than this act, or in another form.");
        }

        if (!Landing.IsSigned(transaction, plan.Authority))
        {
            return new SignedCheck.Other($"{plan.Authority} has not signed it.");
        }

        var lifetime = new Settlement.Acts.Lifetime.DurableNonce(HandNonce.Of(plan.Authority), nonce);
        // Whoever has the bytes can send them: then the nonce has moved by them.
        if (await FindSlot(nodes, transaction.Id, cancellation) is { } slot)
        {
            return new SignedCheck.Good(new(bytes, lifetime, slot == 0 ? 0 : slot - 1));
        }

        return await ReadNonce(nodes, lifetime.Account, cancellation) is not var (value, at) ? new SignedCheck.Silent()
            : value != nonce ? new SignedCheck.Other($"The nonce is {value} by now: sign what is offered anew.")
            : await TryOut(nodes, transaction, cancellation) is { } failure ? new SignedCheck.Other(failure)
            : new SignedCheck.Good(new(bytes, lifetime, at));
    }

    private bool IsOn([NotNullWhen(true)] out ISolanaNodes? nodes, [NotNullWhen(true)] out VaultAddresses? ours)
    {
        (nodes, ours) = (terms.Nodes, terms.Addresses);
        return nodes is not null && ours is not null;
    }

    // A node that lags shows an older value, and one that lies any: two have to show the same. The slot is the lowest at
    // which one of them does.
    private static async Task<(Blockhash Value, ulong Slot)?> ReadNonce(
        ISolanaNodes nodes, PublicKey account, CancellationToken cancellation)
    {
        var shown = new List<(Blockhash Value, ulong Slot)>();
        foreach (var node in nodes.All)
        {
            if (await node.GetAccountInfo(account, ReadAt.Finalized, cancellation)
                is RpcResult<AccountInfo?>.Answered { Value: { } found, ContextSlot: { } slot }
                && found.Owner == SystemProgram.ProgramId
                && NonceAccount.TryParse(found.Data.AsSpan()) is { Value: var value })
            {
                shown.Add((value, slot));
            }
        }

        var enough = shown.GroupBy(one => one.Value)
            .FirstOrDefault(same => same.Count() >= Math.Min(2, nodes.All.Length));
        return enough is null ? null : (enough.Key, enough.Min(one => one.Slot));
    }

    private static async Task<ulong?> FindSlot(
        ISolanaNodes nodes, Signature signature, CancellationToken cancellation)
    {
        foreach (var node in nodes.All)
        {
            if (await node.GetSignatureStatuses([signature], searchHistory: true, cancellation)
                is RpcResult<ImmutableArray<SignatureStatus?>>.Answered { Value: [{ Slot: var slot }] })
            {
                return slot;
            }
        }

        return null;
    }

    // A sentence where it would fail; null where it would not, or no node says it: it may be sent then.
    private static async Task<string?> TryOut(
        ISolanaNodes nodes, Transaction transaction, CancellationToken cancellation)
    {
        foreach (var node in nodes.All)
        {
            if (await node.SimulateTransaction(transaction, ReadAt.Confirmed, cancellation)
                is RpcResult<SimulatedTransaction>.Answered { Value.Failure: var failure })
            {
                return failure is null ? null : $"A trial run fails: {failure.Sentence}.";
            }
        }

        return null;
    }
}

/// <summary>What a look at signed bytes came to. A closed set.</summary>
internal abstract record SignedCheck
{
    private SignedCheck() { }

    internal sealed record Good(HandSignature Signature) : SignedCheck;

    /// <param name="Why">A sentence.</param>
    internal sealed record Other(string Why) : SignedCheck;

    /// <summary>Too few nodes answer.</summary>
    internal sealed record Silent : SignedCheck;
}
