using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Participants;

/// <summary>A participant as the participant sees it.</summary>
/// <param name="Level">In force now, from 1.</param>
/// <param name="LevelName">As the rule book in force has it.</param>
/// <param name="CoefficientHundredths">Of the level: 150 is 1.5.</param>
/// <param name="IsExcluded">Staff and bots earn nothing.</param>
/// <param name="IsSuspended">Nothing leaves the account.</param>
/// <param name="RegisteredAt">By the economy's clock; null where nobody has this id yet.</param>
/// <param name="Now">The economy's clock.</param>
/// <param name="IsClockStanding">Whether it stands where it was set.</param>
/// <param name="Genesis">The first instant of the economy; null before there is one.</param>
[GenerateSerializer, Immutable, Alias("stk.standing")]
public sealed record StandingReply(
    [property: Id(0)] int Level,
    [property: Id(1)] string LevelName,
    [property: Id(2)] int CoefficientHundredths,
    [property: Id(3)] bool IsExcluded,
    [property: Id(4)] bool IsSuspended,
    [property: Id(5)] DateTimeOffset? RegisteredAt,
    [property: Id(6)] DateTimeOffset Now,
    [property: Id(7)] bool IsClockStanding,
    [property: Id(8)] DateTimeOffset? Genesis);

/// <summary>What there was at the end of a day, UTC by the economy's clock; of today, what there is.</summary>
[GenerateSerializer, Immutable, Alias("stk.day-balance")]
public sealed record DayBalance(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] Amount Available,
    [property: Id(2)] Amount Frozen,
    [property: Id(3)] Amount Settling)
{
    public Amount Total => Available + Frozen + Settling;
}

/// <summary>One transaction as one of its sides may see it.</summary>
/// <param name="Lines">The side's own, in the order posted.</param>
/// <param name="Parts">
/// Of what this side has paid, where it went: the funds and what was burned, and other participants as one sum. Empty for a
/// side that has paid nothing: who buys is not told to who sells.
/// </param>
[GenerateSerializer, Immutable, Alias("stk.transaction-detail")]
public sealed record TransactionDetail(
    [property: Id(0)] TransactionView Transaction,
    [property: Id(1)] ImmutableArray<TransactionLine> Lines,
    [property: Id(2)] ImmutableArray<TransactionPart> Parts);

/// <param name="Account"><c>available</c>, <c>frozen</c> or <c>settling</c>.</param>
[GenerateSerializer, Immutable, Alias("stk.transaction-line")]
public sealed record TransactionLine(
    [property: Id(0)] string Account, [property: Id(1)] Amount Amount, [property: Id(2)] Amount BalanceAfter);

/// <param name="To"><c>fund:treasury</c>, <c>burned</c>, <c>participants</c>.</param>
[GenerateSerializer, Immutable, Alias("stk.transaction-part")]
public sealed record TransactionPart([property: Id(0)] string To, [property: Id(1)] Amount Amount);

/// <param name="Cursor">As the page before gave it; null for the first.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Type">Only events of this type; null for all.</param>
[GenerateSerializer, Immutable, Alias("stk.activity-request")]
public sealed record ActivityRequest(
    [property: Id(0)] WeekId Week,
    [property: Id(1)] string? Cursor,
    [property: Id(2)] int Limit,
    [property: Id(3)] string? Type = null);

/// <summary>Events of one week, newest first. A null <paramref name="Next"/> ends the list.</summary>
/// <param name="IsCursorValid">False where the request's cursor was none of ours: the page is empty then.</param>
[GenerateSerializer, Immutable, Alias("stk.activity-page")]
public sealed record ActivityPage(
    [property: Id(0)] ImmutableArray<OwnEvent> Events,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <summary>An event as it stands now: what is answered when it comes may be out of date by then.</summary>
/// <param name="Outcome">
/// <c>counted</c>, <c>over_limit</c>, <c>late</c>, <c>retracted</c>, <c>voided</c>, <c>ignored</c> (of no weight) or
/// <c>applied</c> (it says something of another).
/// </param>
/// <param name="Points">What it gives before coefficients; 0 where it gives nothing.</param>
/// <param name="Place">Of a weighted event that stands: the how-manieth of its type and day; else 0.</param>
/// <param name="Limit">How many of its type a day counts; 0 where it has no weight.</param>
[GenerateSerializer, Immutable, Alias("stk.own-event")]
public sealed record OwnEvent(
    [property: Id(0)] string Source,
    [property: Id(1)] Guid Uuid,
    [property: Id(2)] string Type,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] string Outcome,
    [property: Id(5)] long Points,
    [property: Id(6)] int Place,
    [property: Id(7)] int Limit);
