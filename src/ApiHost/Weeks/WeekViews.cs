using Stk.GrainInterfaces.Corrections;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Money;
using Stk.Rules.Participants;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Weeks;

/// <summary>Where a weekly run stands.</summary>
/// <param name="Done">The last stage done: aggregate, score, report or settle; null before the first.</param>
/// <param name="Doing">The stage under way.</param>
/// <param name="ShardsDone">Of the stage under way; all of them once the run is done.</param>
/// <param name="Rules">Version of the rule book.</param>
/// <param name="Total">Rewards of the week before the fund's factor.</param>
/// <param name="Reserved">What the fund gave.</param>
/// <param name="Paid">Posted to participants so far.</param>
/// <param name="BlockedBy">Why the run cannot go on yet: what the seal waits for, or which bounds the week is beyond.</param>
/// <param name="Fault">What went wrong at the last try.</param>
/// <param name="Forced">An operator asked to close it: no stage waits for its hour.</param>
internal sealed record WeekView(
    WeekId Week, string? Done, string? Doing, int ShardsDone, int Shards, DateTimeOffset? SealedAt, int? Rules,
    int Participants, Amount? Total, Amount? Reserved, Amount Paid, string? BlockedBy, string? Fault,
    bool Forced)
{
    public static WeekView Of(WeekStatus status) => new(
        status.Week, status.Done?.WireName(), status.Doing?.WireName(), status.ShardsDone, ParticipantId.Shards,
        status.SealedAt, status.RulesVersion, status.Participants, status.Total, status.Reserved, status.Paid,
        status.BlockedBy, status.Fault, status.IsForced);
}

/// <param name="Reason">
/// Why it goes on, once another operator approves, although a required source is not complete or it is beyond its bounds.
/// </param>
internal sealed record CloseBody(string? Reason = null);

/// <param name="Participant">Whose reward it is.</param>
/// <param name="Amount">Signed, and not zero: "-12.5" is taken back.</param>
/// <param name="Reason">For the participant, and for the record: 1 to 280 characters.</param>
internal sealed record CorrectionBody(string Participant, Amount Amount, string Reason);

/// <param name="Id">The transaction's.</param>
/// <param name="Revision">Of the statement: the first that has it.</param>
internal sealed record CorrectionItem(
    Guid Id, long Sequence, DateTimeOffset At, WeekId Week, string Participant, Amount Amount, int Revision)
{
    public static CorrectionItem Of(CorrectionView correction) => new(
        correction.Id, correction.Sequence, correction.At, correction.Week, correction.Participant, correction.Amount,
        correction.Revision);
}
