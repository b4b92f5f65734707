using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;

namespace Stk.GrainInterfaces.Sources;

/// <summary>One source of events and its watermark. Key: the source's name, as in an ingest token's <c>sub</c>.</summary>
[Alias("stk.source")]
public interface ISourceGrain : IGrainWithStringKey
{
    /// <summary>The watermark and the settings; null where no source has this name.</summary>
    [Alias("get"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<SourceReply?> Get(CancellationToken cancellation);

    /// <summary>Sets the watermark, the settings or both, adding the source where it is new.</summary>
    [Alias("put"), MayCall(CallerRoles.Operator)]
    Task<SourceReply> Put(PutSourceRequest request, CancellationToken cancellation);

    /// <summary>
    /// What the source may send, asked before anything of a request is begun. In Development its first call makes it a
    /// source that may send everything.
    /// </summary>
    /// <param name="caller">Whoever is not the source itself is told that there is none.</param>
    [Alias("admit"), AlwaysInterleave, MayCall(CallerRoles.Source)]
    Task<SourceAdmission> Admit([FromCaller] string caller, CancellationToken cancellation);
}

/// <summary>What a source may send.</summary>
/// <param name="IsKnown">False where operators have made no source of this name.</param>
/// <param name="Settings">As JSON; null where it may send everything.</param>
/// <param name="Namespaces">Those of all sources' ids.</param>
[GenerateSerializer, Immutable, Alias("stk.source-admission")]
public sealed record SourceAdmission(
    [property: Id(0)] bool IsKnown, [property: Id(1)] string? Settings, [property: Id(2)] ImmutableArray<string> Namespaces);

/// <param name="CompleteTo">Every event before this instant has been sent; null where nothing is known.</param>
/// <param name="IsRequired">True where no week is sealed before the source is complete to its end.</param>
/// <param name="Key">Of the setting that this answers.</param>
/// <param name="Broken">
/// Why no new source is called so, where none is yet: nothing has changed. Null where that is not so.
/// </param>
/// <param name="IsOperatorUnknown">Who asks is no operator by the register: nothing has changed.</param>
/// <param name="Settings">As JSON; null where nobody has set any, and it may send everything.</param>
/// <param name="NeedsReason">
/// The source is pulled, so that its watermark is set by hand only for a reason, and there is none: nothing has changed.
/// </param>
/// <param name="Held">Events in quarantine because they were too old when they came.</param>
/// <param name="Quarantined">All events in quarantine.</param>
/// <param name="PointsToday">What its events of today are worth before coefficients; null where nobody looked.</param>
/// <param name="IsOverBudget">Whether a day of a week that is not sealed is worth more than its budget.</param>
/// <param name="NeedsBudgetReason">Its budget is raised only for a reason, and there is none: nothing has changed.</param>
/// <param name="Pull">Null where no silo has asked it yet.</param>
[GenerateSerializer, Immutable, Alias("stk.source-reply")]
public sealed record SourceReply(
    [property: Id(0)] string Name,
    [property: Id(1)] DateTimeOffset? CompleteTo,
    [property: Id(2)] bool IsRequired,
    [property: Id(3)] KeyUse Key = KeyUse.First,
    [property: Id(4)] string? Broken = null,
    [property: Id(5)] bool IsOperatorUnknown = false,
    [property: Id(6)] string? Settings = null,
    [property: Id(7)] bool NeedsReason = false,
    [property: Id(8)] int Held = 0,
    [property: Id(9)] int Quarantined = 0,
    [property: Id(10)] long? PointsToday = null,
    [property: Id(11)] bool IsOverBudget = false,
    [property: Id(12)] bool NeedsBudgetReason = false,
    [property: Id(13)] PullReply? Pull = null);

/// <summary>How asking a source goes.</summary>
/// <param name="State">idle, running or failing.</param>
/// <param name="LastEventAt">The latest of its events' own times that was seen.</param>
/// <param name="LastPullAt">When it was asked last and all went well. Real time.</param>
/// <param name="LastError">Why it cannot be asked now, in a word; null where it can.</param>
/// <param name="Differences">Pairs of reads of one window that were not alike.</param>
[GenerateSerializer, Immutable, Alias("stk.pull-reply")]
public sealed record PullReply(
    [property: Id(0)] string State, [property: Id(1)] DateTimeOffset? LastEventAt,
    [property: Id(2)] DateTimeOffset? LastPullAt, [property: Id(3)] string? LastError, [property: Id(4)] int Differences);

/// <param name="Key">Null where the caller gave none.</param>
/// <param name="By">The operator's subject; empty where the caller does not say.</param>
/// <param name="Settings">As JSON; null: they stay.</param>
/// <param name="KeepsCompleteTo">The watermark stays, whatever stands above.</param>
/// <param name="KeepsRequired">Likewise.</param>
/// <param name="Reason">Why the watermark is set by hand, or the budget raised; null where nobody said.</param>
[GenerateSerializer, Immutable, Alias("stk.put-source")]
public sealed record PutSourceRequest(
    [property: Id(0)] DateTimeOffset? CompleteTo,
    [property: Id(1)] bool IsRequired,
    [property: Id(2)] RequestKey? Key = null,
    [property: Id(3), FromCaller] string By = "",
    [property: Id(4)] string? Settings = null,
    [property: Id(5)] bool KeepsCompleteTo = false,
    [property: Id(6)] bool KeepsRequired = false,
    [property: Id(7)] string? Reason = null);
