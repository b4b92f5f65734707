using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Payouts;

/// <param name="Amount">Above zero: what the wallet gets. Neither fee nor rent is taken from it.</param>
/// <param name="SignedInAt">When whoever asks has shown who they are, as their token says.</param>
[GenerateSerializer, Immutable, Alias("stk.withdraw")]
public sealed record WithdrawRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Amount Amount,
    [property: Id(2), FromCaller(CallerFact.SignedInAt)] DateTimeOffset? SignedInAt);

/// <param name="Payout">Of the participant who asks.</param>
[GenerateSerializer, Immutable, Alias("stk.call-payout-off")]
public sealed record CallPayoutOffRequest([property: Id(0)] RequestKey Key, [property: Id(1)] Guid Payout);

/// <summary>A payout, as its person reads it.</summary>
/// <param name="Week">Of whose run it is; null for a withdrawal by hand.</param>
/// <param name="Address">Base58: the wallet that it is for.</param>
/// <param name="At">When it was asked for. By the economy's clock, as the next.</param>
/// <param name="Since">Since when it stands as it does, as far as the ledger knows.</param>
/// <param name="Signature">Base58: of what was sent last, or of what has landed; null before.</param>
/// <param name="Slot">In which it has landed; null before.</param>
/// <param name="Reason">Why it was returned; null otherwise.</param>
/// <param name="Hold">What it waits for; null where it waits for nothing but its turn.</param>
/// <param name="Sequence">The journal's commit that has written this; null in a list.</param>
[GenerateSerializer, Immutable, Alias("stk.payout")]
public sealed record PayoutView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] WeekId? Week,
    [property: Id(2)] Amount Amount,
    [property: Id(3)] string Address,
    [property: Id(4)] PayoutStage Stage,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] DateTimeOffset Since,
    [property: Id(7)] string? Signature = null,
    [property: Id(8)] long? Slot = null,
    [property: Id(9)] PayoutReason? Reason = null,
    [property: Id(10)] PayoutHold? Hold = null,
    [property: Id(11)] long? Sequence = null);

/// <summary>A page, newest first. A null <paramref name="Next"/> ends the list.</summary>
/// <param name="IsCursorValid">False where the request's cursor was none of ours: the page is empty then.</param>
[GenerateSerializer, Immutable, Alias("stk.payout-page")]
public sealed record PayoutPage(
    [property: Id(0)] ImmutableArray<PayoutView> Payouts,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);
