using System.Collections.Immutable;

namespace Stk.Client.Sources;

/// <summary>A source, its watermark and its settings.</summary>
/// <param name="CompleteTo">Every event before this instant has been sent.</param>
/// <param name="Required">True where no week is sealed before the source is complete to its end.</param>
/// <param name="Kind">push, posthog, discourse or aisystant.</param>
/// <param name="Namespace">Whose the ids are; empty: the common ones.</param>
/// <param name="Types">The event types that it may send; null: all.</param>
/// <param name="BudgetPerDay">What its events of a UTC day may be worth; null: anything. Unit: points.</param>
/// <param name="State">idle, running, failing, paused or over-budget.</param>
/// <param name="Held">Events in quarantine because they were too old when they came.</param>
/// <param name="Quarantined">All events in quarantine.</param>
/// <param name="PointsToday">What its events of today are worth; null in a list.</param>
/// <param name="LastEventAt">The latest of the events' own times that a pull has seen.</param>
/// <param name="LastPullAt">When it was pulled last and all went well. Real time.</param>
/// <param name="LastError">Why it cannot be pulled now, in a word; null where it can.</param>
/// <param name="Differences">Pairs of reads of one window that were not alike.</param>
public sealed record Source(
    string Name,
    DateTimeOffset? CompleteTo,
    bool Required,
    string Kind,
    string? Address,
    long? Project,
    string Namespace,
    ImmutableArray<string>? Types,
    ImmutableArray<string> Duties,
    bool MayLevel,
    bool MayRegister,
    int? HeldAfterHours,
    long? BudgetPerDay,
    SourcePull? Pull,
    ImmutableSortedDictionary<string, string> Map,
    ImmutableArray<long> LeaveOutCategories,
    bool Active,
    string State,
    int Held = 0,
    int Quarantined = 0,
    long? PointsToday = null,
    DateTimeOffset? LastEventAt = null,
    DateTimeOffset? LastPullAt = null,
    string? LastError = null,
    int Differences = 0);
