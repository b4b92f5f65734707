using Stk.Rules.Money;

namespace Stk.Settlement.Weekly;

/// <summary>One payout of a weekly run.</summary>
/// <param name="Id">Of week and person: the same run again, by whomever, asks for the same payout.</param>
public sealed record WeeklyPayout(Guid Id, long Participant, Amount Amount);
