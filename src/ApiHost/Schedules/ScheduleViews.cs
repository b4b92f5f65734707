using System.Collections.Immutable;
using Stk.GrainInterfaces.Schedules;

namespace Stk.ApiHost.Schedules;

/// <summary>What the schedule does, has done and will do.</summary>
/// <param name="Now">Of the economy's clock.</param>
/// <param name="Paused">Whether it waits for operators to trust the clock; GET admin/clock says why.</param>
/// <param name="Running">Null where nothing runs.</param>
/// <param name="Done">Those whose last try has ended, newest first.</param>
/// <param name="Coming">What is due and not done, then the next of each kind.</param>
internal sealed record ScheduleView(
    DateTimeOffset Now, bool Paused, WorkItem? Running, ImmutableArray<WorkItem> Done, ImmutableArray<ComingItem> Coming,
    string? Next)
{
    public static ScheduleView Of(ScheduleReply reply) => new(
        reply.Now, reply.IsPaused, reply.Running is { } running ? WorkItem.Of(running) : null,
        [.. reply.Done.Select(WorkItem.Of)], [.. reply.Coming.Select(ComingItem.Of)], reply.Next);
}

/// <summary>A piece of work that was begun, or skipped.</summary>
/// <param name="Subject">What it is about: 2025-12-18, 2025-W51, 2025-Q4, 2025-Q4/30.</param>
/// <param name="Due">By the economy's clock, as began and ended; of an audit by the host's.</param>
/// <param name="Began">The last try; null where there was none.</param>
/// <param name="Ended">The last try; null while it runs.</param>
/// <param name="TookMs">The last try, by the host's clock. Unit: ms.</param>
/// <param name="State">running, done, failed, waiting, skipped, or broken: an audit that has found a fault.</param>
/// <param name="Note">What it waits for, why it failed or was skipped, what an audit has found; else null.</param>
internal sealed record WorkItem(
    string Kind, string Subject, DateTimeOffset Due, DateTimeOffset? Began, DateTimeOffset? Ended, long? TookMs,
    int Attempts, string State, string? Note)
{
    public static WorkItem Of(WorkView work) => new(
        work.Kind, work.Subject, work.Due, work.Began, work.Ended, work.TookMs, work.Attempts, work.State, work.Note);
}

internal sealed record ComingItem(string Kind, string Subject, DateTimeOffset Due)
{
    public static ComingItem Of(ComingView coming) => new(coming.Kind, coming.Subject, coming.Due);
}

/// <param name="Kind">As the schedule shows it.</param>
/// <param name="Subject">As the schedule shows it.</param>
internal sealed record RunWorkBody(string Kind, string Subject);

/// <param name="Kind">inactivity.run or inactivity.warn.</param>
/// <param name="Subject">As the schedule shows it.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record SkipWorkBody(string Kind, string Subject, string Reason);
