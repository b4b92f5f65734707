using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.Rules.Participants;

/// <summary>One change of a level or of an exclusion. Late ones are left out: they never take effect.</summary>
/// <param name="Source">Who said so: an ingest token's subject, or <c>admin</c>.</param>
public readonly record struct Change<T>(DateTimeOffset At, string Source, Guid Uuid, T Value) : IComparable<Change<T>>
{
    public static bool operator <(Change<T> left, Change<T> right) => left.CompareTo(right) < 0;
    public static bool operator >(Change<T> left, Change<T> right) => left.CompareTo(right) > 0;
    public static bool operator <=(Change<T> left, Change<T> right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Change<T> left, Change<T> right) => left.CompareTo(right) >= 0;

    /// <summary>By timestamp, source, uuid, as SQL orders them: sources by code point, uuids by byte.</summary>
    public int CompareTo(Change<T> other) =>
        At.CompareTo(other.At) is var byTime and not 0 ? byTime
        : CodePointComparer.Instance.Compare(Source, other.Source) is var bySource and not 0 ? bySource
        : Uuid.CompareTo(other.Uuid);
}

/// <summary>The changes of one thing about one participant. A week uses the last one before its end.</summary>
public sealed class Timeline<T>
{
    private readonly ImmutableArray<Change<T>> _changes;
    private readonly T _before;

    /// <param name="before">In force until the first change.</param>
    /// <param name="changes">In any order.</param>
    public Timeline(T before, IEnumerable<Change<T>> changes)
    {
        _before = before;
        _changes = [.. changes.Order()];
    }

    /// <summary>Ascending by (timestamp, source, uuid).</summary>
    public ImmutableArray<Change<T>> Changes => _changes;

    /// <summary>What a week uses: the last change before the week's end.</summary>
    public T InForce(WeekId week) => Before(week.End);

    /// <summary>What the last change before an instant says; a change at the instant itself is not yet in force.</summary>
    public T Before(DateTimeOffset instant)
    {
        for (var i = _changes.Length - 1; i >= 0; i--)
        {
            if (_changes[i].At < instant)
            {
                return _changes[i].Value;
            }
        }

        return _before;
    }

    public Timeline<T> With(Change<T> change) => new(_before, _changes.Add(change));
}
