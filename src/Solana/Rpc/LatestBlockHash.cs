using Stk.Solana.Keys;

namespace Stk.Solana.Rpc;

/// <param name="LastValidBlockHeight">The last block that takes a transaction with it. A height, not a slot.</param>
public sealed record LatestBlockHash(Blockhash Blockhash, ulong LastValidBlockHeight);
