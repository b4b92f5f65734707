using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Vesting;

/// <summary>An event of a sealed week that was neither late nor retracted.</summary>
/// <param name="Day">UTC day of its own timestamp.</param>
/// <param name="VestsDays">Its own word where its type leaves a choice.</param>
public readonly record struct SealedEvent(EventPlace Place, DateOnly Day, int VestsDays);

/// <summary>What a grant stands on. Fixed for ever by the seal.</summary>
public static class CountedEvents
{
    /// <summary>Of each day the first up to the limit; of these the ones of a grant's days. In order.</summary>
    /// <param name="events">All of one participant, week and type, whatever they vest, in any order.</param>
    public static ImmutableArray<SealedEvent> Of(IEnumerable<SealedEvent> events, ActivityRule rule, int vestsDays) =>
    [
        .. events.GroupBy(one => one.Day)
            // First the limit, then the days: an event that vests otherwise has taken a place all the same.
            .SelectMany(day => day.OrderBy(one => one.Place).Take(rule.DayLimit))
            .Where(one => one.VestsDays == vestsDays)
            .OrderBy(one => one.Place),
    ];
}
