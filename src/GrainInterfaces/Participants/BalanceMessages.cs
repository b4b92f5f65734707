using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Participants;

/// <param name="Sequence">The commit up to which the journal has been heard; grows, never shrinks.</param>
/// <param name="ChangedIn">The last commit that changed one of the balances; 0 where none has.</param>
/// <param name="IsOfNobody">Nobody has this id: all is zero.</param>
/// <param name="IsSequenceUnknown">The journal does not reach as far as the commit that was asked for.</param>
[GenerateSerializer, Immutable, Alias("stk.balance")]
public sealed record BalanceReply(
    [property: Id(0)] Amount Available,
    [property: Id(1)] Amount Frozen,
    [property: Id(2)] Amount Settling,
    [property: Id(3)] long Sequence,
    [property: Id(4)] long ChangedIn = 0,
    [property: Id(5)] bool IsOfNobody = false,
    [property: Id(6)] bool IsSequenceUnknown = false)
{
    public Amount Total => Available + Frozen + Settling;
}

/// <param name="Cursor">As the page before gave it; null for the first.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Kind">Only transactions of this kind, <c>transfer</c>; null for all. Where a list knows kinds.</param>
/// <param name="From">Only from this instant on. Where a list knows instants.</param>
/// <param name="Below">Only before this instant.</param>
[GenerateSerializer, Immutable, Alias("stk.page-request")]
public sealed record PageRequest(
    [property: Id(0)] string? Cursor,
    [property: Id(1)] int Limit,
    [property: Id(2)] string? Kind = null,
    [property: Id(3)] DateTimeOffset? From = null,
    [property: Id(4)] DateTimeOffset? Below = null);

/// <summary>A page, newest first. A null <paramref name="Next"/> ends the list.</summary>
/// <param name="IsCursorValid">False where the request's cursor was none of ours: the page is empty then.</param>
[GenerateSerializer, Immutable, Alias("stk.history-page")]
public sealed record HistoryPage(
    [property: Id(0)] ImmutableArray<BalanceChange> Changes,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <param name="Account"><c>available</c>, <c>frozen</c> or <c>settling</c>.</param>
/// <param name="Kind">The transaction's kind, <c>weekly_reward</c>.</param>
/// <param name="Reference">What it was for, <c>2025-W51</c>.</param>
/// <param name="Counterparty">The other side's id, where there is one other participant.</param>
/// <param name="Note">As the sender wrote it.</param>
/// <param name="Service">The service that was bought, sold or refunded.</param>
/// <param name="Grant">The frozen reward that was decided.</param>
[GenerateSerializer, Immutable, Alias("stk.balance-change")]
public sealed record BalanceChange(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] Guid TransactionId,
    [property: Id(3)] string Kind,
    [property: Id(4)] string Reference,
    [property: Id(5)] string Account,
    [property: Id(6)] Amount Amount,
    [property: Id(7)] Amount BalanceAfter,
    [property: Id(8)] string? Counterparty = null,
    [property: Id(9)] string? Note = null,
    [property: Id(10)] string? Service = null,
    [property: Id(11)] DecidedGrantView? Grant = null);

[GenerateSerializer, Immutable, Alias("stk.transaction-page")]
public sealed record TransactionPage(
    [property: Id(0)] ImmutableArray<TransactionView> Transactions,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <summary>A transaction as one participant may see it: the sum of its own postings.</summary>
/// <param name="AvailableAfter">What was available after it; null where it has not touched that.</param>
[GenerateSerializer, Immutable, Alias("stk.transaction-view")]
public sealed record TransactionView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] long Sequence,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Kind,
    [property: Id(4)] string Reference,
    [property: Id(5)] Amount Available,
    [property: Id(6)] Amount Frozen,
    [property: Id(7)] Amount Settling,
    [property: Id(8)] string? Counterparty = null,
    [property: Id(9)] string? Note = null,
    [property: Id(10)] string? Service = null,
    [property: Id(11)] DecidedGrantView? Grant = null,
    [property: Id(12)] Amount? AvailableAfter = null);

/// <summary>A frozen reward that a transaction has paid out, or given back.</summary>
/// <param name="Id">As its list shows it.</param>
/// <param name="Week">Of a weekly reward; null for what a fund's spending had frozen.</param>
/// <param name="Type">Of its events; null for what a fund's spending had frozen.</param>
[GenerateSerializer, Immutable, Alias("stk.decided-grant")]
public sealed record DecidedGrantView(
    [property: Id(0)] string Id,
    [property: Id(1)] WeekId? Week,
    [property: Id(2)] string? Type,
    [property: Id(3)] int VestsDays);
