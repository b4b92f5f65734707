using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.Rules.RuleBooks;

/// <summary>Which version a week uses. A version takes effect from a week; the first is also of all weeks before.</summary>
public sealed class RuleBookHistory
{
    private readonly ImmutableArray<(WeekId From, RuleBook Book)> _versions;

    /// <param name="versions">In any order, at least one. Of two from the same week the higher version is in force.</param>
    public RuleBookHistory(IEnumerable<(WeekId From, RuleBook Book)> versions)
    {
        _versions = [.. versions.OrderBy(entry => entry.From.Monday).ThenBy(entry => entry.Book.Version)];
        ArgumentOutOfRangeException.ThrowIfZero(_versions.Length, nameof(versions));
    }

    public RuleBook Of(WeekId week)
    {
        for (var i = _versions.Length - 1; i > 0; i--)
        {
            if (_versions[i].From <= week)
            {
                return _versions[i].Book;
            }
        }

        return _versions[0].Book;
    }
}
