using Stk.Rules.Money;

namespace Stk.Settlement.Weekly;

/// <summary>What the weekly run knows of one person.</summary>
/// <param name="Participant">The number.</param>
/// <param name="PayableFrom">From when the linked wallet is paid to; null where none is linked.</param>
/// <param name="Released">The statement's part that became available at once.</param>
/// <param name="Unlocked">What was unlocked since the run before.</param>
/// <param name="Balance">What is available now.</param>
public sealed record WeeklyCandidate(
    long Participant, PayoutMode Mode, DateTimeOffset? PayableFrom, Amount Released, Amount Unlocked, Amount Balance);
