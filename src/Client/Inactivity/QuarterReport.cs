using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Client.Inactivity;

/// <summary>A quarter's redistribution, done or as it would be.</summary>
/// <param name="State">coming, waiting (for its week), running or done.</param>
/// <param name="Rules">Version of the rule book.</param>
/// <param name="People">From whom something would be taken, if nothing spoke against it.</param>
/// <param name="Amount">What is taken.</param>
public sealed record QuarterReport(
    string Quarter, DateOnly FirstDay, DateTimeOffset RunsAt, string State, int Rules, int People, Amount Amount,
    ImmutableArray<RateSum> ByRate, ImmutableArray<OutcomeSum> ByOutcome);

/// <param name="RateBp">Unit: basis points.</param>
public sealed record RateSum(int RateBp, int People, Amount Amount);

/// <param name="Outcome">charged, not_warned, appealed, excluded, suspended or on_leave.</param>
public sealed record OutcomeSum(string Outcome, int People, Amount Amount);
