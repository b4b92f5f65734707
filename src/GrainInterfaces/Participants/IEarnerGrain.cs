using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Participants;

/// <summary>
/// A participant as one who earns by activity. Key: the participant id, as in the token's <c>sub</c> and an event's
/// <c>distinct_id</c>. <see cref="IHolderGrain"/>, <see cref="IProfileGrain"/>, <see cref="IRecordsGrain"/>,
/// <see cref="Spending.ISpenderGrain"/> and <see cref="Entitlements.IEntitledGrain"/> are the same actor, by the same key.
/// A read of one who is not registered yet answers zeros and empty pages, and registers nobody.
/// </summary>
[Alias("stk.earner")]
public interface IEarnerGrain : IGrainWithStringKey
{
    /// <summary>
    /// Records one source's events of this participant, in the order sent. One answer an event, in the same order.
    /// Answered means committed. Repeats are harmless: (source, uuid) is unique.
    /// </summary>
    /// <exception cref="ArgumentException">An event is another participant's.</exception>
    [Alias("record"), MayCall(CallerRoles.Source)]
    Task<ImmutableArray<EventAnswer>> Record(RecordRequest request, CancellationToken cancellation);

    /// <summary>Today's limits and the points of the open week so far, from memory.</summary>
    [Alias("limits"), MayCall(CallerRoles.Readers)]
    Task<LimitsReply> GetLimits();

    /// <summary>The events of a week, newest first, each with what it gives as things stand.</summary>
    [Alias("activity"), MayCall(CallerRoles.Readers)]
    Task<ActivityPage> GetActivity(ActivityRequest request, CancellationToken cancellation);

    /// <summary>Weeks in a row and their coefficient, from memory.</summary>
    [Alias("streak"), MayCall(CallerRoles.Readers)]
    Task<StreakReply> GetStreak();
}
