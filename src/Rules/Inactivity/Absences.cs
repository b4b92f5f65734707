using System.Collections.Immutable;
using Stk.Rules.Quarters;

namespace Stk.Rules.Inactivity;

/// <summary>Times of somebody that are not held against them.</summary>
/// <param name="Exclusions">What operators have said of it, in order.</param>
/// <param name="Leaves">What operators have said of them, in order: of two with one first day the later counts.</param>
public sealed record Absences(ImmutableArray<ExclusionWord> Exclusions, ImmutableArray<Leave> Leaves)
{
    public static readonly Absences None = new([], []);

    public bool IsExcluded => !Exclusions.IsEmpty && Exclusions[^1].IsExcluded;

    /// <summary>On the quarter's first day.</summary>
    public bool IsOnLeave(QuarterId quarter) => Known.Any(leave => leave.Contains(quarter.FirstDay));

    /// <summary>
    /// The days on which one has ended: of exclusions all, of leaves those whose last day lies before the run's Monday.
    /// </summary>
    public IEnumerable<DateOnly> Ends(QuarterId quarter)
    {
        for (var i = 1; i < Exclusions.Length; i++)
        {
            if (Exclusions[i - 1].IsExcluded && !Exclusions[i].IsExcluded)
            {
                yield return DateOnly.FromDateTime(Exclusions[i].At.UtcDateTime);
            }
        }

        var monday = InactivityTimetable.RunMonday(quarter);
        foreach (var leave in Known)
        {
            if (leave.To is { } last && last < monday)
            {
                yield return last;
            }
        }
    }

    private IEnumerable<Leave> Known => Leaves.GroupBy(leave => leave.From).Select(said => said.Last());
}

/// <summary>What an operator has said of somebody's exclusion.</summary>
public readonly record struct ExclusionWord(DateTimeOffset At, bool IsExcluded);
