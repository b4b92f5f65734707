using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Solana.Rpc;

/// <param name="LastValidBlockHeight">The last block that takes a transaction with it. A height, not a slot.</param>
public sealed record LatestBlockHash(Blockhash Blockhash, ulong LastValidBlockHeight);

/// <param name="Lamports">Unit: 10^-9 SOL.</param>
/// <param name="Owner">The program that may write it.</param>
public sealed record AccountInfo(ulong Lamports, PublicKey Owner, ImmutableArray<byte> Data, bool IsExecutable);

/// <param name="Amount">Unit: the mint's smallest.</param>
public sealed record TokenAmount(ulong Amount, byte Decimals);

/// <summary>What a node knows of one signature.</summary>
/// <param name="Slot">Where it landed.</param>
/// <param name="Failure">Null where it succeeded.</param>
public sealed record SignatureStatus(ulong Slot, Commitment Commitment, TransactionError? Failure);

/// <param name="BlockTime">The block's time by its validators' clocks; null where the node does not know.</param>
public sealed record SignatureInfo(
    Signature Signature, ulong Slot, TransactionError? Failure, Commitment? Commitment, DateTimeOffset? BlockTime);

/// <summary>A transaction as it landed.</summary>
/// <param name="Bytes">As it was signed.</param>
/// <param name="Failure">Null where it succeeded.</param>
/// <param name="Fee">Unit: lamports.</param>
/// <param name="Before">Token accounts that it names, before it, in the order of its accounts.</param>
/// <param name="After">And after it.</param>
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
    DateTimeOffset? BlockTime);

/// <param name="AccountIndex">Among the transaction's accounts, those from lookup tables behind its own.</param>
/// <param name="Amount">Unit: the mint's smallest.</param>
public sealed record TokenBalance(int AccountIndex, PublicKey Mint, PublicKey? Owner, ulong Amount);

/// <summary>What a trial run came to.</summary>
/// <param name="Failure">Null where it would succeed.</param>
public sealed record SimulatedTransaction(
    TransactionError? Failure, ImmutableArray<string> Logs, ulong? ComputeUnits);
