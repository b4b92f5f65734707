using Stk.Solana.Keys;

namespace Stk.Signer.Signatures;

/// <summary>What a transaction is signed with, as one node of the signer gave it.</summary>
/// <param name="LastValidHeight">From the same answer as the hash. Unit: blocks.</param>
/// <param name="Slot">Final before the hash was asked for.</param>
internal sealed record RecentHash(Blockhash Blockhash, ulong LastValidHeight, ulong Slot, string Node);
