using System.Collections.Immutable;

namespace Stk.Solana.Rpc;

/// <summary>What a trial run came to.</summary>
/// <param name="Failure">Null where it would succeed.</param>
public sealed record SimulatedTransaction(
    TransactionError? Failure, ImmutableArray<string> Logs, ulong? ComputeUnits);
