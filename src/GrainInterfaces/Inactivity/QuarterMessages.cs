using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Inactivity;

/// <summary>Where a warning or a run stands.</summary>
/// <param name="WaitsFor">What must come first, in words; null where nothing must.</param>
/// <param name="Fault">What went wrong at the last try, in words; null where all is well.</param>
[GenerateSerializer, Immutable, Alias("stk.quarter-status")]
public sealed record QuarterStatus(
    [property: Id(0)] bool IsDone, [property: Id(1)] string? WaitsFor = null, [property: Id(2)] string? Fault = null);

/// <summary>A quarter's redistribution.</summary>
/// <param name="Quarter">As <c>2026-Q1</c>.</param>
/// <param name="State">coming, waiting (for its week), running or done.</param>
/// <param name="RulesVersion">Of the rule book.</param>
/// <param name="People">From whom something would be taken, if nothing spoke against it.</param>
/// <param name="Amount">What is taken.</param>
[GenerateSerializer, Immutable, Alias("stk.quarter-report")]
public sealed record QuarterReport(
    [property: Id(0)] string Quarter,
    [property: Id(1)] DateOnly FirstDay,
    [property: Id(2)] DateTimeOffset RunsAt,
    [property: Id(3)] string State,
    [property: Id(4)] int RulesVersion,
    [property: Id(5)] int People,
    [property: Id(6)] Amount Amount,
    [property: Id(7)] ImmutableArray<RateSum> ByRate,
    [property: Id(8)] ImmutableArray<OutcomeSum> ByOutcome);

/// <param name="RateBp">Unit: basis points.</param>
[GenerateSerializer, Immutable, Alias("stk.rate-sum")]
public sealed record RateSum(
    [property: Id(0)] int RateBp, [property: Id(1)] int People, [property: Id(2)] Amount Amount);

/// <param name="Outcome">As on the wire, <c>not_warned</c>.</param>
[GenerateSerializer, Immutable, Alias("stk.outcome-sum")]
public sealed record OutcomeSum(
    [property: Id(0)] string Outcome, [property: Id(1)] int People, [property: Id(2)] Amount Amount);
