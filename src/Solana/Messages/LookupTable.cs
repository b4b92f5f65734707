using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Solana.Messages;

/// <summary>An address lookup table as it stands on chain: a v0 message names its addresses by one byte each.</summary>
/// <param name="Address">The table's own account.</param>
/// <param name="Addresses">At most 256, in the table's order.</param>
public sealed record LookupTable(PublicKey Address, ImmutableArray<PublicKey> Addresses);
