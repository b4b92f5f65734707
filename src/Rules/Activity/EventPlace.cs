using Stk.Rules.Participants;

namespace Stk.Rules.Activity;

/// <summary>Where an event stands among others: by timestamp, source, uuid, as SQL orders them.</summary>
/// <param name="Source">Who sent it.</param>
public readonly record struct EventPlace(DateTimeOffset At, string Source, Guid Uuid) : IComparable<EventPlace>
{
    public static bool operator <(EventPlace left, EventPlace right) => left.CompareTo(right) < 0;
    public static bool operator >(EventPlace left, EventPlace right) => left.CompareTo(right) > 0;
    public static bool operator <=(EventPlace left, EventPlace right) => left.CompareTo(right) <= 0;
    public static bool operator >=(EventPlace left, EventPlace right) => left.CompareTo(right) >= 0;

    /// <summary>Sources by code point, uuids by byte.</summary>
    public int CompareTo(EventPlace other) =>
        At.CompareTo(other.At) is var byTime and not 0 ? byTime
        : CodePointComparer.Instance.Compare(Source, other.Source) is var bySource and not 0 ? bySource
        : Uuid.CompareTo(other.Uuid);
}
