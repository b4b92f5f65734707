using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Deposits;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Deposits;

/// <summary>What has arrived from outside.</summary>
/// <param name="Sender">Base58: the wallet that has sent it; null where several have.</param>
/// <param name="Memo">As it was sent along; null where there was none, or where it was erased.</param>
/// <param name="Participant">The id of whom it was credited to; null where nobody, or an erased one.</param>
/// <param name="Signature">Base58: of the transaction on chain.</param>
/// <param name="At">When the ledger has credited it, or put it in suspense.</param>
/// <param name="ReturnedBy">Base58: what has sent it back; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("stk.deposit")]
public sealed record DepositView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Amount Amount,
    [property: Id(2)] DepositState State,
    [property: Id(3)] string? Sender,
    [property: Id(4)] string? Memo,
    [property: Id(5)] string? Participant,
    [property: Id(6)] string Signature,
    [property: Id(7)] long Slot,
    [property: Id(8)] DateTimeOffset At,
    [property: Id(9)] string? ReturnedBy = null);

/// <summary>A page, newest first. A null <paramref name="Next"/> ends the list.</summary>
/// <param name="IsCursorValid">False where the request's cursor was none of ours: the page is empty then.</param>
[GenerateSerializer, Immutable, Alias("stk.deposit-page")]
public sealed record DepositPage(
    [property: Id(0)] ImmutableArray<DepositView> Deposits,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <param name="To">The id of whom it is credited to.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.assign-deposit")]
public sealed record AssignDepositRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Deposit,
    [property: Id(2)] string To,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.return-deposit")]
public sealed record ReturnDepositRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Deposit,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);
