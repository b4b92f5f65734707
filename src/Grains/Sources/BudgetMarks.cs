using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.Grains.Sources;

/// <summary>
/// Weeks in which something has changed on this silo since somebody looked whether a source is over its budget.
/// </summary>
internal sealed class BudgetMarks
{
    private readonly ConcurrentDictionary<WeekId, bool> _weeks = new();

    // What was taken in while this silo was away, or before, is looked at once.
    private volatile bool _isAll = true;

    public void Mark(IEnumerable<WeekId> weeks)
    {
        foreach (var week in weeks)
        {
            _weeks.TryAdd(week, true);
        }
    }

    /// <summary>A budget was set: what was within the one before may be over this one.</summary>
    public void MarkAll() => _isAll = true;

    /// <summary>What has been marked since; who looks at it and fails marks it again.</summary>
    public (bool IsAll, ImmutableArray<WeekId> Weeks) Take()
    {
        var isAll = _isAll;
        _isAll = false;
        var taken = ImmutableArray.CreateBuilder<WeekId>();
        foreach (var week in _weeks.Keys)
        {
            if (_weeks.TryRemove(week, out _))
            {
                taken.Add(week);
            }
        }

        return (isAll, taken.ToImmutable());
    }
}
