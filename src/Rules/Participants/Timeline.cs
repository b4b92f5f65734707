using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.Rules.Participants;

/// <summary>One change of a level or of an exclusion. Late ones are left out: they never take effect.</summary>
/// <param name="Source">Who said so: an ingest token's subject, or <c>admin</c>.</param>
public readonly record struct Change<T>(DateTimeOffset At, string Source, Guid Uuid, T Value) : IComparable<Change<T>>
{
    /// <summary>The source by whose name operators speak.</summary>
    public const string Operators = "admin";

    /// <summary>
    /// An operator takes back what operators have said: sources' word counts again, and the value is nobody's.
    /// </summary>
    public bool IsTakenBack { get; init; }

    /// <summary>
    /// An operator's word from before words stood: one among sources', until an operator speaks again or takes it back.
    /// </summary>
    public bool IsPassing { get; init; }

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

/// <summary>
/// The changes of one thing about one participant. A week uses the last one before its end: an operator's, whatever time a
/// source writes, until an operator takes it back.
/// </summary>
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
        var word = Last(instant, Stands);
        return word is { IsTakenBack: false } standing ? standing.Value
            : Last(instant, change => !Stands(change) && (word is null || !change.IsPassing)) is { } said ? said.Value
            : _before;
    }

    public Timeline<T> With(Change<T> change) => new(_before, _changes.Add(change));

    private static bool Stands(Change<T> change) => change.Source == Change<T>.Operators && !change.IsPassing;

    private Change<T>? Last(DateTimeOffset instant, Func<Change<T>, bool> counts)
    {
        for (var i = _changes.Length - 1; i >= 0; i--)
        {
            if (_changes[i].At < instant && counts(_changes[i]))
            {
                return _changes[i];
            }
        }

        return null;
    }
}
