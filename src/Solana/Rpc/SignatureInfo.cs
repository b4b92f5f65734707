using Stk.Solana.Keys;

namespace Stk.Solana.Rpc;

/// <param name="BlockTime">The block's time by its validators' clocks; null where the node does not know.</param>
public sealed record SignatureInfo(
    Signature Signature, ulong Slot, TransactionError? Failure, Commitment? Commitment, DateTimeOffset? BlockTime);
