namespace Stk.Solana.Rpc;

/// <param name="Amount">Unit: the mint's smallest.</param>
public sealed record TokenAmount(ulong Amount, byte Decimals);
