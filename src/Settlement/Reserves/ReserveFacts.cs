namespace Stk.Settlement.Reserves;

/// <summary>What is known of our accounts up to a slot, at one moment of the ledger. Unit: micro-STK.</summary>
/// <param name="Supply">On chain, at a final slot that is not later.</param>
/// <param name="Vault">As it was read last, as is the next.</param>
/// <param name="Minted">Into our accounts, ever.</param>
/// <param name="Burned">By our acts.</param>
/// <param name="Paid">By acts that have landed.</param>
/// <param name="Arrived">All deposits.</param>
/// <param name="Returned">Of these, what was sent back.</param>
/// <param name="Left">Differences: what has left by nobody's decision.</param>
/// <param name="Missing">Differences: what our accounts held less before.</param>
/// <param name="Beyond">Differences: what there was more on chain than was minted.</param>
/// <param name="InFlight">Of acts that have not ended: it may have left or not.</param>
public sealed record ReserveFacts(
    Int128 Supply, Int128 Vault, Int128 PayoutFloat, Int128 Minted, Int128 Burned, Int128 Paid, Int128 Arrived,
    Int128 Returned, Int128 Left, Int128 Missing, Int128 Beyond, Int128 InFlight);
