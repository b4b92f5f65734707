using Stk.Settlement.Plans;

namespace Stk.Settlement.Acts;

/// <summary>A payout that goes back to its person, and why.</summary>
public sealed record ReturnedPayout(Guid PayoutId, PayeeFlaw Flaw);
