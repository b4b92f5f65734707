using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Sources;

/// <param name="Items">The newest first; at most 200.</param>
internal sealed record BackfillsView(ImmutableArray<BackfillItem> Items);

/// <summary>A stretch of the past that a source is asked for.</summary>
/// <param name="State">waiting, or done once all of it has been read.</param>
/// <param name="To">Not in it.</param>
/// <param name="DoneTo">All before it has been read.</param>
/// <param name="Found">Events so far, those too that were stored before.</param>
/// <param name="LastError">Why it waits, in a word; null where it goes on.</param>
internal sealed record BackfillItem(
    Guid Id, string State, DateTimeOffset From, DateTimeOffset To, DateTimeOffset DoneTo, long Found, string? Reason,
    string AskedBy, DateTimeOffset AskedAt, string? LastError);

/// <param name="Items">The newest first; at most 200.</param>
internal sealed record WeekChecksView(ImmutableArray<WeekCheckItem> Items);

/// <summary>A week of a source, held against what is stored. The figures are null until it is done.</summary>
/// <param name="State">waiting or done.</param>
/// <param name="Missing">What the source had and was not stored.</param>
/// <param name="TakenBack">What stood, and stood no more once the source was asked.</param>
/// <param name="Added">Of what was missing, what is stored now; the rest was rejected, and is kept.</param>
/// <param name="CheckedTo">No later than the week's end.</param>
/// <param name="AskedBy">Null where it came by itself, before the watermark passed the week's end.</param>
internal sealed record WeekCheckItem(
    Guid Id, WeekId Week, string State, int? Missing, int? TakenBack, int? Added, DateTimeOffset? CheckedTo, string? Reason,
    string? AskedBy, DateTimeOffset AskedAt);

/// <summary>A source that is asked as soon as a silo can.</summary>
internal sealed record PullAskedView(string Name);

/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record PullNowBody(string? Reason = null);

/// <param name="To">Not in it; at most 3,660 days after from, and not ahead.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record BackfillBody(DateTimeOffset From, DateTimeOffset To, string? Reason = null);

/// <param name="Week">An open week, which may still go on.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record ReconcileBody(WeekId Week, string? Reason = null);
