using System.Collections.Immutable;
using Stk.GrainInterfaces.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Inactivity;

/// <summary>What is coming, and what was taken.</summary>
/// <param name="Coming">Null where nothing would be taken of what is known now.</param>
/// <param name="Taken">Newest first.</param>
internal sealed record RedistributionView(ComingView? Coming, ImmutableArray<TakenView> Taken)
{
    public static RedistributionView Of(RedistributionReply reply) => new(
        reply.Coming is { } coming
            ? new(
                coming.Quarter, coming.FirstDay, coming.RunsAt, coming.LastActive, coming.Days, coming.RateBp, coming.Sum,
                coming.Outcome.WireName(),
                FormattableString.Invariant(
                    $"any activity that counts, on a day before {coming.RunsAt.UtcDateTime:yyyy-MM-dd}"),
                coming.Warned, coming.Appeal?.WireName(), coming.AppealReason)
            : null,
        [
            .. reply.Taken.Select(taken => new TakenView(
                taken.Quarter, taken.At, taken.Amount, taken.Transaction, taken.AppealUntil, taken.Appeal?.WireName(),
                taken.Returned,
                taken.Restoration is { } way
                    ? new(way.Sum, way.First, way.Last, way.Weeks, way.WeeksNow, way.Earned)
                    : null,
                taken.AppealReason)),
        ]);
}

/// <summary>What the next run would take by what is known now.</summary>
/// <param name="Quarter">As 2026-Q1.</param>
/// <param name="Days">From the last activity to the quarter's first day.</param>
/// <param name="RateBp">Unit: basis points.</param>
/// <param name="Sum">Of what is available now.</param>
/// <param name="Outcome">charged, not_warned, appealed, excluded, suspended or on_leave, as things stand now.</param>
/// <param name="PreventedBy">What prevents it, in words.</param>
/// <param name="WarnedAt">When this quarter's warnings were given.</param>
/// <param name="Appeal">open, accepted or rejected; null where there is none.</param>
/// <param name="AppealReason">Why it was decided so; null where it was not.</param>
internal sealed record ComingView(
    string Quarter, DateOnly FirstDay, DateTimeOffset RunsAt, DateOnly LastActive, int Days, int RateBp, Amount Sum,
    string Outcome, string PreventedBy, ImmutableArray<DateTimeOffset> WarnedAt, string? Appeal, string? AppealReason);

/// <summary>What a quarter has taken.</summary>
/// <param name="Transaction">The ledger's.</param>
/// <param name="AppealUntil">The last day of an appeal.</param>
/// <param name="Appeal">open, accepted or rejected; null where there is none.</param>
/// <param name="Returned">What was given back; null where nothing was.</param>
/// <param name="Restoration">How to get it back; null where the rules of the quarter promise nothing.</param>
/// <param name="AppealReason">Why it was decided so; null where it was not.</param>
internal sealed record TakenView(
    string Quarter, DateTimeOffset At, Amount Amount, Guid Transaction, DateOnly AppealUntil, string? Appeal,
    Amount? Returned, WayBackView? Restoration, string? AppealReason);

/// <param name="Sum">What comes back.</param>
/// <param name="First">The first week that can earn it.</param>
/// <param name="Last">The last week that can.</param>
/// <param name="Weeks">Weeks in a row with points that earn it.</param>
/// <param name="WeeksNow">Of them, by the last week that is scored.</param>
/// <param name="Earned">The week that has earned it; null where none has yet.</param>
internal sealed record WayBackView(
    Amount Sum, WeekId First, WeekId Last, int Weeks, int WeeksNow, WeekId? Earned);

/// <summary>A quarter's redistribution, done or as it would be.</summary>
/// <param name="State">coming, waiting (for its week), running or done.</param>
/// <param name="Rules">Version of the rule book: that of the week of the run's Monday.</param>
/// <param name="People">From whom something would be taken, if nothing spoke against it.</param>
/// <param name="Amount">What is taken.</param>
internal sealed record QuarterView(
    string Quarter, DateOnly FirstDay, DateTimeOffset RunsAt, string State, int Rules, int People, Amount Amount,
    ImmutableArray<RateView> ByRate, ImmutableArray<OutcomeView> ByOutcome)
{
    public static QuarterView Of(QuarterReport report) => new(
        report.Quarter, report.FirstDay, report.RunsAt, report.State, report.RulesVersion, report.People, report.Amount,
        [.. report.ByRate.Select(sum => new RateView(sum.RateBp, sum.People, sum.Amount))],
        [.. report.ByOutcome.Select(sum => new OutcomeView(sum.Outcome, sum.People, sum.Amount))]);
}

/// <param name="RateBp">Unit: basis points.</param>
internal sealed record RateView(int RateBp, int People, Amount Amount);

/// <param name="Outcome">charged, not_warned, appealed, excluded, suspended or on_leave.</param>
internal sealed record OutcomeView(string Outcome, int People, Amount Amount);
