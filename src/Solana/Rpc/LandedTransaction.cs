using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Solana.Rpc;

/// <summary>A transaction as it landed.</summary>
/// <param name="Bytes">As it was signed.</param>
/// <param name="Failure">Null where it succeeded.</param>
/// <param name="Fee">Unit: lamports.</param>
/// <param name="Before">Token accounts that it names, before it, in the order of its accounts.</param>
/// <param name="After">And after it.</param>
/// <param name="Loaded">What it took from lookup tables: behind its own accounts, those that it may write first.</param>
public sealed record LandedTransaction(
    ulong Slot,
    ImmutableArray<byte> Bytes,
    TransactionError? Failure,
    ulong Fee,
    ImmutableArray<ulong> LamportsBefore,
    ImmutableArray<ulong> LamportsAfter,
    ImmutableArray<TokenBalance> Before,
    ImmutableArray<TokenBalance> After,
    ulong? ComputeUnits,
    DateTimeOffset? BlockTime,
    ImmutableArray<PublicKey> Loaded = default)
{
    public ImmutableArray<PublicKey> Loaded { get; init; } = Loaded.IsDefault ? [] : Loaded;
}
