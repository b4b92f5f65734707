namespace Stk.Settlement.Reserves;

/// <summary>
/// Our accounts on chain held against all that is known to have moved them. Whatever anybody sends us is a deposit, and what
/// holders burn lowers the supply alone: neither is a difference. Unit: micro-STK.
/// </summary>
/// <param name="Outside">What others hold.</param>
/// <param name="BurnedByHolders">What there is less on chain than was minted: it wrongs nobody.</param>
/// <param name="NewlyMissing">Our accounts hold so much less than what is known comes to.</param>
/// <param name="NewlyBeyond">There are so many more on chain than were minted.</param>
/// <param name="Surplus">Our accounts hold so much more: something was paid by the ledger, and has not left.</param>
public sealed record ReserveCheck(
    Int128 Outside, Int128 BurnedByHolders, Int128 NewlyMissing, Int128 NewlyBeyond, Int128 Surplus)
{
    /// <summary>Whether something differs that is no known difference.</summary>
    public bool IsNew => NewlyMissing > 0 || NewlyBeyond > 0 || Surplus > 0;

    /// <summary>Whether another look has found exactly the same.</summary>
    public bool IsSameDifference(ReserveCheck other) =>
        (NewlyMissing, NewlyBeyond, Surplus) == (other.NewlyMissing, other.NewlyBeyond, other.Surplus);

    public static ReserveCheck Of(ReserveFacts facts)
    {
        var own = facts.Vault + facts.PayoutFloat;
        var known = facts.Minted - facts.Burned - facts.Paid + facts.Arrived - facts.Returned - facts.Left - facts.Missing;
        var there = facts.Minted - facts.Burned + facts.Beyond;
        return new(
            facts.Supply - own, Int128.Max(0, there - facts.Supply),
            // What is on its way may have left before its act is known to have landed.
            Int128.Max(0, known - own - facts.InFlight), Int128.Max(0, facts.Supply - there), Int128.Max(0, own - known));
    }
}
