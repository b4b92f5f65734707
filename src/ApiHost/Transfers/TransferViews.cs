using Stk.Rules.Money;

namespace Stk.ApiHost.Transfers;

/// <param name="To">The receiver's participant id.</param>
/// <param name="Amount">Above zero: what the receiver gets.</param>
/// <param name="Note">For both sides: 1 to 280 characters of any script, emoji included; no control characters.</param>
internal sealed record TransferBody(string To, Amount Amount, string? Note = null);

/// <param name="Id">The transaction's, as both sides' lists name it.</param>
/// <param name="Sequence">The journal's commit: a read that sends it as Stk-Sequence is never older.</param>
/// <param name="Fee">Paid by the sender on top of the amount, to the treasury.</param>
internal sealed record TransferReceipt(
    Guid Id, long Sequence, DateTimeOffset At, string To, Amount Amount, Amount Fee, string? Note);

/// <param name="Name">As other people read it; the id where nobody has said one.</param>
/// <param name="CanReceive">False of an excluded account and of an id that nobody has: one answer for both.</param>
internal sealed record RecipientView(string Id, string Name, bool CanReceive);
