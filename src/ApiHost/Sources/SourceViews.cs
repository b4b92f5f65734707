using System.Collections.Immutable;

namespace Stk.ApiHost.Sources;

/// <summary>A source, its watermark and its settings. One without settings may send everything.</summary>
/// <param name="State">
/// idle, running, or failing where it cannot be pulled; paused where operators have paused it; over-budget where a day of
/// a week that is not sealed is worth more than budgetPerDay, and the week waits.
/// </param>
/// <param name="Held">Events in quarantine because they were too old when they came.</param>
/// <param name="Quarantined">All events in quarantine.</param>
/// <param name="PointsToday">What its events of today are worth before coefficients; null in a list.</param>
/// <param name="LastEventAt">The latest of the events' own times that a pull has seen.</param>
/// <param name="LastPullAt">When it was pulled last and all went well. Real time.</param>
/// <param name="LastError">Why it cannot be pulled now, in a word; null where it can.</param>
/// <param name="Differences">Pairs of reads of one window that were not alike: it was written to late.</param>
internal sealed record SourceView(
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
    PullView? Pull,
    ImmutableSortedDictionary<string, string> Map,
    ImmutableArray<long> LeaveOutCategories,
    bool Active,
    string State,
    int Held,
    int Quarantined,
    long? PointsToday,
    DateTimeOffset? LastEventAt,
    DateTimeOffset? LastPullAt,
    string? LastError,
    int Differences);

/// <param name="From">Nothing before it is asked for.</param>
internal sealed record PullView(
    int EverySeconds, int OverlapHours, int SettleMinutes, DateTimeOffset From, int RequestsPerMinute);

/// <param name="Items">By name.</param>
internal sealed record SourcesView(ImmutableArray<SourceView> Items);

/// <param name="Required">
/// True where no week is sealed before the source is complete to its end. Must be there where no setting is.
/// </param>
/// <param name="CompleteTo">Every event before this instant has been sent.</param>
/// <param name="Reason">
/// Must be there where the source is pulled and its watermark is set by hand, and where its budget is raised or taken away.
/// </param>
/// <param name="Kind">push, posthog, discourse or aisystant. A body with any of these members gives all settings.</param>
/// <param name="Address">Base address: https, or http on loopback.</param>
/// <param name="Project">PostHog's number of the project.</param>
/// <param name="Namespace">Whose the ids are; empty: the common ones.</param>
/// <param name="Types">The event types that it may send; null: all.</param>
/// <param name="Duties">events, entitlements, prices, income, widget.</param>
/// <param name="MayLevel">Whether its word on levels counts.</param>
/// <param name="MayRegister">Whether an unknown id becomes a participant.</param>
/// <param name="HeldAfterHours">How old a pushed event may be; null: any age.</param>
/// <param name="BudgetPerDay">
/// What its events of a UTC day may be worth before coefficients; beyond it no week is sealed. Null: no budget.
/// </param>
/// <param name="Pull">How it is asked; null: never.</param>
/// <param name="Map">PostHog's name of an event to our type.</param>
/// <param name="LeaveOutCategories">Discourse's numbers of the categories that give nothing.</param>
/// <param name="Active">False pauses it.</param>
internal sealed record SourceBody(
    bool? Required = null,
    DateTimeOffset? CompleteTo = null,
    string? Reason = null,
    string? Kind = null,
    string? Address = null,
    long? Project = null,
    string? Namespace = null,
    ImmutableArray<string>? Types = null,
    ImmutableArray<string>? Duties = null,
    bool? MayLevel = null,
    bool? MayRegister = null,
    int? HeldAfterHours = null,
    long? BudgetPerDay = null,
    PullBody? Pull = null,
    ImmutableSortedDictionary<string, string>? Map = null,
    ImmutableArray<long>? LeaveOutCategories = null,
    bool? Active = null);

/// <param name="EverySeconds">Between two pulls: 1 to 86,400.</param>
/// <param name="SettleMinutes">How long after its end a window is still written to: 0 to 10,080.</param>
/// <param name="From">Nothing before it is asked for.</param>
/// <param name="OverlapHours">How far behind the watermark each pull begins again: 0 to 720.</param>
/// <param name="RequestsPerMinute">1 to 6,000; 60 where it is not said.</param>
internal sealed record PullBody(
    int EverySeconds, int SettleMinutes, DateTimeOffset From, int? OverlapHours = null, int? RequestsPerMinute = null);
