using Stk.Rules.Money;
using Stk.Rules.Renewals;

namespace Stk.Grains.Renewals;

/// <summary>A renewal that is about to be paid.</summary>
/// <param name="First">The entitlement that was bought.</param>
/// <param name="Number">Which renewal: from 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Participant">The number.</param>
/// <param name="Months">That it is for.</param>
internal sealed record RenewalTerms(
    Guid First, int Number, int Attempt, long Participant, string Service, int Months, DateTimeOffset From,
    DateTimeOffset Until, Amount Price)
{
    /// <summary>The transaction's.</summary>
    public Guid Id => RenewalIds.Of(First, Number, Attempt);
}
