using System.Collections.Immutable;

namespace Stk.Client.Schedules;

/// <summary>What the schedule does, has done and will do.</summary>
/// <param name="Now">Of the economy's clock.</param>
/// <param name="Paused">Whether it waits for operators to trust the clock.</param>
/// <param name="Running">Null where nothing runs.</param>
/// <param name="Done">Those whose last try has ended, newest first.</param>
/// <param name="Coming">What is due and not done, then the next of each kind.</param>
/// <param name="Next">Of what was done; null at the end.</param>
public sealed record Schedule(
    DateTimeOffset Now, bool Paused, DueWork? Running, ImmutableArray<DueWork> Done, ImmutableArray<ComingWork> Coming,
    string? Next);

/// <summary>A piece of work that was begun, or skipped.</summary>
/// <param name="TookMs">The last try. Unit: ms.</param>
/// <param name="State">running, done, failed, waiting, skipped, or broken: an audit that has found a fault.</param>
/// <param name="Note">What it waits for, why it failed or was skipped, what an audit has found; else null.</param>
public sealed record DueWork(
    string Kind, string Subject, DateTimeOffset Due, DateTimeOffset? Began, DateTimeOffset? Ended, long? TookMs,
    int Attempts, string State, string? Note);

public sealed record ComingWork(string Kind, string Subject, DateTimeOffset Due);
