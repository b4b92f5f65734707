using Stk.Rules.Money;

namespace Stk.Client.Balances;

/// <summary>A transaction as the participant sees it: the sum of its own postings, by account.</summary>
public sealed record ParticipantTransaction(
    Guid Id, long Sequence, DateTimeOffset At, string Kind, string Reference, Amount Available, Amount Frozen,
    Amount Settling, string? Counterparty, string? Note, string? Service);
