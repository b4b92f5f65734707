using Stk.Rules.Weeks;

namespace Stk.Rules.Activity;

/// <summary>
/// Members of an event's properties that are there and cannot be read. Harmless where its type has no use for them.
/// </summary>
[Flags]
public enum UnreadableProperties
{
    None = 0,
    Days = 1,
    Retracts = 2,
    Level = 4,
    For = 8,
    Approved = 16,
    Rating = 32,
    Referred = 64,
}

/// <summary>One event that is well-formed, whatever the rule book says of it.</summary>
/// <param name="Uuid">The source's own; known together with the source.</param>
/// <param name="DistinctId">The participant's outside id.</param>
/// <param name="At">When it happened. UTC, whole microseconds, as the database keeps it.</param>
public sealed record ActivityEvent(Guid Uuid, string Type, string DistinctId, DateTimeOffset At)
{
    /// <summary><c>properties.days</c>: days that the reward vests, where the type leaves a choice.</summary>
    public int? Days { get; init; }

    /// <summary><c>properties.retracts</c>: the uuid that a retraction takes back.</summary>
    public Guid? Retracts { get; init; }

    /// <summary><c>properties.level</c>.</summary>
    public int? Level { get; init; }

    /// <summary><c>properties.for</c> of evidence: the uuid of the event that it speaks of.</summary>
    public Guid? For { get; init; }

    /// <summary><c>properties.approved</c> of evidence.</summary>
    public bool? Approved { get; init; }

    /// <summary><c>properties.rating</c> of evidence.</summary>
    public int? Rating { get; init; }

    /// <summary><c>properties.referred</c>: the outside id of whom the participant has brought.</summary>
    public string? Referred { get; init; }

    public UnreadableProperties Unreadable { get; init; }

    public WeekId Week => WeekId.Of(At);

    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);
}
