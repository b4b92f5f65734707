using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>What a v0 message takes from one lookup table.</summary>
public sealed record AddressTableLookup(
    PublicKey Table, ImmutableArray<byte> WritableIndexes, ImmutableArray<byte> ReadonlyIndexes);
