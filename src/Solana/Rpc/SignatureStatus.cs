namespace Stk.Solana.Rpc;

/// <summary>What a node knows of one signature.</summary>
/// <param name="Slot">Where it landed.</param>
/// <param name="Failure">Null where it succeeded.</param>
public sealed record SignatureStatus(ulong Slot, Commitment Commitment, TransactionError? Failure);
