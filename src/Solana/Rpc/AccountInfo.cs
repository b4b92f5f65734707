using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Solana.Rpc;

/// <param name="Lamports">Unit: 10^-9 SOL.</param>
/// <param name="Owner">The program that may write it.</param>
public sealed record AccountInfo(ulong Lamports, PublicKey Owner, ImmutableArray<byte> Data, bool IsExecutable);
