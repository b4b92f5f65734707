using System.Collections.Immutable;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Inactivity;

/// <param name="Coming">Null where nothing would be taken of what is known now.</param>
/// <param name="Taken">Newest first.</param>
[GenerateSerializer, Immutable, Alias("stk.redistribution-reply")]
public sealed record RedistributionReply(
    [property: Id(0)] ComingDebit? Coming, [property: Id(1)] ImmutableArray<TakenDebit> Taken);

/// <summary>What the next run would take by what is known now.</summary>
/// <param name="Quarter">As <c>2026-Q1</c>.</param>
/// <param name="RunsAt">Any counted activity before that Monday prevents it.</param>
/// <param name="RateBp">Unit: basis points.</param>
/// <param name="Sum">floor(available x rate), of what is available now.</param>
/// <param name="Outcome">As the run would decide now: <c>charged</c>, or why not.</param>
/// <param name="Warned">When this quarter's warnings were given.</param>
/// <param name="Appeal">How an appeal stands; null where there is none.</param>
/// <param name="AppealReason">Why an operator has decided so; null where nobody has.</param>
[GenerateSerializer, Immutable, Alias("stk.coming-debit")]
public sealed record ComingDebit(
    [property: Id(0)] string Quarter,
    [property: Id(1)] DateOnly FirstDay,
    [property: Id(2)] DateTimeOffset RunsAt,
    [property: Id(3)] DateOnly LastActive,
    [property: Id(4)] int Days,
    [property: Id(5)] int RateBp,
    [property: Id(6)] Amount Sum,
    [property: Id(7)] InactivityOutcome Outcome,
    [property: Id(8)] ImmutableArray<DateTimeOffset> Warned,
    [property: Id(9)] AppealState? Appeal,
    [property: Id(10)] string? AppealReason = null);

/// <summary>What a quarter has taken.</summary>
/// <param name="AppealUntil">The last day of an appeal.</param>
/// <param name="Returned">What was given back; null where nothing was.</param>
/// <param name="Restoration">How to get it back; null where the rules of the quarter promise nothing.</param>
/// <param name="AppealReason">Why an operator has decided so; null where nobody has.</param>
[GenerateSerializer, Immutable, Alias("stk.taken-debit")]
public sealed record TakenDebit(
    [property: Id(0)] string Quarter,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] Amount Amount,
    [property: Id(3)] Guid Transaction,
    [property: Id(4)] DateOnly AppealUntil,
    [property: Id(5)] AppealState? Appeal,
    [property: Id(6)] Amount? Returned,
    [property: Id(7)] RestorationView? Restoration,
    [property: Id(8)] string? AppealReason = null);

/// <param name="Sum">What comes back.</param>
/// <param name="First">The first week that can earn it.</param>
/// <param name="Last">The last week that can.</param>
/// <param name="Weeks">In a row. Unit: weeks.</param>
/// <param name="WeeksNow">Of them, by the last week that is scored. Unit: weeks.</param>
/// <param name="Earned">The week that has earned it; null where none has yet.</param>
[GenerateSerializer, Immutable, Alias("stk.restoration")]
public sealed record RestorationView(
    [property: Id(0)] Amount Sum,
    [property: Id(1)] WeekId First,
    [property: Id(2)] WeekId Last,
    [property: Id(3)] int Weeks,
    [property: Id(4)] int WeeksNow,
    [property: Id(5)] WeekId? Earned);

/// <param name="Key">Of the request.</param>
/// <param name="QuarterNumber">Year x 10 + quarter.</param>
/// <param name="Text">1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("stk.appeal-request")]
public sealed record AppealRequest(
    [property: Id(0)] RequestKey Key, [property: Id(1)] int QuarterNumber, [property: Id(2)] string Text);

/// <summary>What became of an appeal. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.appeal-reply")]
public abstract record AppealReply
{
    private AppealReply() { }

    [GenerateSerializer, Immutable, Alias("stk.appeal-reply.done")]
    public sealed record Done(
        [property: Id(0)] Guid Id, [property: Id(1)] DateTimeOffset At, [property: Id(2)] Amount Sum,
        [property: Id(3)] bool IsReplay) : AppealReply;

    /// <summary>Nothing has changed.</summary>
    [GenerateSerializer, Immutable, Alias("stk.appeal-reply.refused")]
    public sealed record Refused([property: Id(0)] AppealRefusal Reason) : AppealReply;

    [GenerateSerializer, Immutable, Alias("stk.appeal-reply.key-reused")]
    public sealed record KeyReused : AppealReply;
}
