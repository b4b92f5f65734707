using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Client.Inactivity;

/// <summary>What inactivity would cost a participant, and what it has cost.</summary>
/// <param name="Coming">Null where nothing would be taken of what is known now.</param>
/// <param name="Taken">Newest first.</param>
public sealed record Redistribution(ComingDebit? Coming, ImmutableArray<TakenDebit> Taken);

/// <summary>What the next run would take by what is known now.</summary>
/// <param name="RateBp">Unit: basis points.</param>
/// <param name="Outcome">charged, not_warned, appealed, excluded, suspended or on_leave, as things stand now.</param>
/// <param name="PreventedBy">What prevents it, in words.</param>
/// <param name="AppealReason">Why an appeal was decided as it was; null where none was.</param>
public sealed record ComingDebit(
    string Quarter, DateOnly FirstDay, DateTimeOffset RunsAt, DateOnly LastActive, int Days, int RateBp, Amount Sum,
    string Outcome, string PreventedBy, ImmutableArray<DateTimeOffset> WarnedAt, string? Appeal,
    string? AppealReason = null);

/// <summary>What a quarter has taken.</summary>
/// <param name="AppealUntil">The last day of an appeal.</param>
/// <param name="Returned">What was given back; null where nothing was.</param>
/// <param name="AppealReason">Why an appeal was decided as it was; null where none was.</param>
public sealed record TakenDebit(
    string Quarter, DateTimeOffset At, Amount Amount, Guid Transaction, DateOnly AppealUntil, string? Appeal,
    Amount? Returned, WayBack? Restoration, string? AppealReason = null);

/// <param name="First">The first week that can earn it.</param>
/// <param name="Last">The last week that can.</param>
/// <param name="Weeks">Weeks in a row with points that earn it.</param>
/// <param name="WeeksNow">Of them, by the last week that is scored.</param>
public sealed record WayBack(Amount Sum, WeekId First, WeekId Last, int Weeks, int WeeksNow, WeekId? Earned);
