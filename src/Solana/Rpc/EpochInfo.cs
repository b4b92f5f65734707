namespace Stk.Solana.Rpc;

/// <summary>Slot and height of one moment: two questions would be answered of two.</summary>
/// <param name="AbsoluteSlot">Counted from the chain's beginning.</param>
/// <param name="BlockHeight">Of the block in that slot. Unit: blocks.</param>
public sealed record EpochInfo(ulong AbsoluteSlot, ulong BlockHeight);
