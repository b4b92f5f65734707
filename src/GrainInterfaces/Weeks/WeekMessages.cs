using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Weeks;

/// <summary>Where a weekly run stands.</summary>
/// <param name="Done">The last stage done; null before the first.</param>
/// <param name="Doing">The stage under way; null where none is.</param>
/// <param name="ShardsDone">Of the stage under way, out of 64.</param>
/// <param name="BlockedBy">Why the run cannot go on yet, in words; null where nothing blocks it.</param>
/// <param name="Total">Rewards of the week before the fund's factor; null before scoring.</param>
/// <param name="Reserved">What the fund gave; null before scoring.</param>
/// <param name="Paid">Posted to participants so far.</param>
/// <param name="Fault">What went wrong at the last try, in words; null where all is well.</param>
/// <param name="IsForced">An operator asked to close it: no stage waits for its hour.</param>
[GenerateSerializer, Immutable, Alias("stk.week-status")]
public sealed record WeekStatus(
    [property: Id(0)] WeekId Week,
    [property: Id(1)] WeekStage? Done,
    [property: Id(2)] WeekStage? Doing,
    [property: Id(3)] int ShardsDone,
    [property: Id(4)] DateTimeOffset? SealedAt,
    [property: Id(5)] int? RulesVersion,
    [property: Id(6)] int Participants,
    [property: Id(7)] Amount? Total,
    [property: Id(8)] Amount? Reserved,
    [property: Id(9)] Amount Paid,
    [property: Id(10)] string? BlockedBy,
    [property: Id(11)] string? Fault,
    [property: Id(12)] bool IsForced);

/// <param name="By">The operator's subject.</param>
/// <param name="OverrideReason">
/// Why it goes on all the same: a week that is not sealed although a required source is not complete, a scored one although
/// it is beyond its bounds. Null where it does not.
/// </param>
/// <param name="Key">Null where the caller gave none.</param>
/// <param name="ApprovedBy">Of an earlier build: nobody sends it, and nobody reads it.</param>
[GenerateSerializer, Immutable, Alias("stk.close-request")]
public sealed record CloseRequest(
    [property: Id(0), FromCaller] string By, [property: Id(1)] string? OverrideReason,
    [property: Id(2)] RequestKey? Key = null,
    [property: Id(3), FromCaller(CallerFact.Nothing)] string? ApprovedBy = null);

/// <summary>What became of a call to close. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.close-reply")]
public abstract record CloseReply
{
    private CloseReply() { }

    /// <summary>It runs, or has run already.</summary>
    [GenerateSerializer, Immutable, Alias("stk.close-reply.accepted")]
    public sealed record Accepted(
        [property: Id(0)] WeekStatus Status, [property: Id(1)] bool IsReplay = false) : CloseReply;

    /// <summary>It waits for a second person; the week has not changed.</summary>
    [GenerateSerializer, Immutable, Alias("stk.close-reply.waiting")]
    public sealed record Waiting(
        [property: Id(0)] ApprovalView Approval, [property: Id(1)] bool IsReplay = false) : CloseReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.close-reply.operator-unknown")]
    public sealed record OperatorUnknown : CloseReply;

    /// <summary>Nothing has changed.</summary>
    /// <param name="Rule">In words: what must come first.</param>
    [GenerateSerializer, Immutable, Alias("stk.close-reply.refused")]
    public sealed record Refused([property: Id(0)] string Rule) : CloseReply;

    /// <summary>The key was used with another body.</summary>
    [GenerateSerializer, Immutable, Alias("stk.close-reply.key-reused")]
    public sealed record KeyReused : CloseReply;
}

/// <summary>A part of the CSV export.</summary>
/// <param name="Csv">UTF-8, whole lines; the first part begins with the header.</param>
/// <param name="Next">The cursor of the part after it; null where this is the last.</param>
[GenerateSerializer, Immutable, Alias("stk.export-page")]
public sealed record ExportPage([property: Id(0)] byte[] Csv, [property: Id(1)] string? Next);
