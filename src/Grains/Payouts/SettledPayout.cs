using Stk.Rules.Money;

namespace Stk.Grains.Payouts;

/// <summary>A payout as the ledger moves it.</summary>
/// <param name="Participant">The number.</param>
internal readonly record struct SettledPayout(Guid Id, long Participant, Amount Amount);
