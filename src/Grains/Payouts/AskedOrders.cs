using Stk.Grains.Signing;
using Stk.Ledger;
using Stk.Settlement.Acts;
using Stk.Settlement.Machine;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Grains.Payouts;

/// <summary>
/// Trial runs and signatures of acts that pay nobody: what the holder of a key has signed, and a week's memo, which the
/// signer signs.
/// </summary>
internal sealed class AskedOrders(ChainTerms terms, AskedActTable asked, PayoutTable pauses, ILedger ledger)
{
    /// <summary>Whether there is something to sign, and would succeed.</summary>
    public async Task<Seen> TryOut(ChainAct act, CancellationToken cancellation)
    {
        if (!terms.IsOn)
        {
            return new Seen.NotHad();
        }

        // It was tried out when it was brought.
        if (IsByHand(act))
        {
            return await asked.FindSigned(act.Id, act.Attempts.Length + 1, cancellation) is null
                ? new Seen.NotHad()
                : new Seen.TriedOut(null, []);
        }

        foreach (var node in terms.Nodes.All)
        {
            if (await node.GetLatestBlockHash(ReadAt.Confirmed, cancellation)
                is RpcResult<LatestBlockHash>.Answered { Value.Blockhash: var blockhash }
                && await node.SimulateTransaction(Unsigned(act, blockhash), ReadAt.Confirmed, cancellation)
                is RpcResult<SimulatedTransaction>.Answered { Value.Failure: var failure })
            {
                return new Seen.TriedOut(failure, []);
            }
        }

        return new Seen.NotHad();
    }

    /// <summary>Null where nothing is signed yet.</summary>
    public async Task<SigningAnswer?> Sign(ChainAct act, int number, CancellationToken cancellation)
    {
        if (!terms.IsOn)
        {
            return null;
        }

        if (IsByHand(act))
        {
            return await asked.FindSigned(act.Id, number, cancellation) is { } signed
                ? new SigningAnswer.Granted(signed.Bytes, signed.Lifetime, signed.SignedSlot, terms.Nodes.All[0].Node)
                : null;
        }

        return await pauses.IsPaused(cancellation)
            ? null
            : await terms.Signer.SignMemo(
                new(
                    act.Id, number, TextOf(act), terms.Payouts.UnitPriceMicroLamports, Unsigned(act, default).Message,
                    await ledger.GetHead(cancellation)),
                cancellation);
    }

    private bool IsByHand(ChainAct act) => act.Plan.Authority != terms.Addresses?.PayoutFloat;

    private static string TextOf(ChainAct act) =>
        act.Plan.Memo ?? throw new InvalidOperationException($"act {act.Id} is the float's, and neither a batch nor a memo");

    // As it will be signed; a trial run looks at no signature.
    private Transaction Unsigned(ChainAct act, Blockhash blockhash)
    {
        var message = WeekMemo.ToMessage(
            TextOf(act), terms.Payouts ?? throw new InvalidOperationException("settlement is off"), blockhash);
        return new(message, [.. Enumerable.Repeat(Signature.Missing, message.SignerCount)]);
    }
}
