namespace Stk.Client.Balances;

/// <summary>Which changes are wanted; what is null does not matter.</summary>
/// <param name="Participant">For operators and auditors; a participant's own is its token's.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Reason">For operators and auditors: why notes are to be shown; null where they are not.</param>
public sealed record HistoryFilter(
    string? Participant = null, string? Kind = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? Reason = null);
