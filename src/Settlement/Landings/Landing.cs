using System.Collections.Immutable;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Landings;

/// <summary>A transaction that a node shows as final, held against an act's plan.</summary>
/// <param name="Failure">Null where it succeeded.</param>
/// <param name="IsSignedByUs">The plan's authority has signed it: checked here, no node is believed.</param>
/// <param name="AsksForThePlan">Its instructions are the plan's.</param>
/// <param name="MovedThePlan">The changes by token account are the plan's.</param>
public sealed record Landing(
    Signature Signature, ulong Slot, TransactionError? Failure, bool IsSignedByUs, bool AsksForThePlan, bool MovedThePlan)
{
    /// <summary>
    /// A stranger can name our reference, or copy our instructions; nobody but us can sign for the authority.
    /// </summary>
    public bool IsOurs => IsSignedByUs && AsksForThePlan;

    /// <summary>
    /// What a node shows of bytes that are stored, and were checked when they were; null where these are others.
    /// </summary>
    public static Landing? ReadOwn(ActPlan plan, ImmutableArray<byte> bytes, LandedTransaction landed) =>
        landed.Bytes.AsSpan().SequenceEqual(bytes.AsSpan())
        && Transaction.TryParse(bytes.AsSpan(), out var transaction, out _)
            ? new(
                transaction.Id, landed.Slot, landed.Failure, IsSignedByUs: true, AsksForThePlan: true,
                HasMoved(plan, transaction, landed))
            : null;

    /// <summary>What a node shows of any signature; null where it is not the transaction that was asked for.</summary>
    public static Landing? Read(ActPlan plan, Signature signature, LandedTransaction landed) =>
        Transaction.TryParse(landed.Bytes.AsSpan(), out var transaction, out _) && transaction.Id == signature
            ? new(
                signature, landed.Slot, landed.Failure, IsSigned(transaction, plan.Authority),
                MessageContent.Of(transaction.Message, plan.Mint).Is(plan), HasMoved(plan, transaction, landed))
            : null;

    /// <summary>Whether the key's own signature is there and is valid.</summary>
    public static bool IsSigned(Transaction transaction, PublicKey key)
    {
        var place = transaction.Message.Signers.IndexOf(key);
        return place >= 0
            && SignatureCheck.Verify(key, transaction.Message.Serialize(), transaction.Signatures[place])
                == SignatureVerdict.Valid;
    }

    private static bool HasMoved(ActPlan plan, Transaction transaction, LandedTransaction landed) =>
        TokenChanges.Of(transaction.Message, landed, plan.Mint) is { } changes
        && TokenChanges.AreSame(changes, plan.Changes);
}
