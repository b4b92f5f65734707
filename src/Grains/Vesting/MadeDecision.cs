using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.Grains.Vesting;

/// <summary>A decision with all that is stored of it.</summary>
/// <param name="Verdicts">In the events' order; none for what a fund's spending has frozen.</param>
internal sealed record MadeDecision(
    DecidedGrant Decided, DecisionReason Reason, ImmutableArray<VerdictRow> Verdicts)
{
    public Guid Id => Decided.Grant.DecisionId;

    /// <summary>The decision of a grant that stands on events.</summary>
    public static MadeDecision Of(JudgedGrant judged, GrantDecision decision) => new(
        new(judged.Grant, decision.Released, decision.Cancelled), decision.Reason,
        [.. decision.Parts.Select(part => VerdictRow.Of(part, judged.Sources[part.Place]))]);

    /// <summary>The whole of a grant that stands on no events.</summary>
    public static MadeDecision Whole(StoredGrant grant, Verdict verdict, DecisionReason reason) => new(
        verdict == Verdict.Release ? new(grant, grant.Amount, Amount.Zero) : new(grant, Amount.Zero, grant.Amount),
        reason, []);
}

/// <summary>A row of <c>vesting.verdicts</c>, but for its place.</summary>
internal readonly record struct VerdictRow(
    int Source, Guid Uuid, Verdict Verdict, VerdictCause Cause, Amount Amount, Guid? Evidence)
{
    public static VerdictRow Of(DecidedPart part, int source) => new(
        source, part.Place.Uuid, part.Verdict.Verdict, part.Verdict.Cause, part.Amount, part.Verdict.Evidence);
}

/// <summary>When and by whom decisions are made.</summary>
/// <param name="Day">The run's, or the operator's.</param>
/// <param name="LastSettled">The last week that is settled, with all before it.</param>
/// <param name="By">The operator; null for a day's run.</param>
/// <param name="Because">The operator's reason.</param>
/// <param name="Person">Whose signature alone releases it; null otherwise.</param>
internal sealed record DecisionTime(
    DateOnly Day, DateTimeOffset At, WeekId? LastSettled, string? By = null, string? Because = null,
    string? Person = null);
