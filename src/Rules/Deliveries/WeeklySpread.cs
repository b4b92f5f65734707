using Stk.Rules.Notices;

namespace Stk.Rules.Deliveries;

/// <summary>
/// What everybody gets at once takes as long as the channel's rate needs: in an order that changes each week, so that nobody
/// is always the last.
/// </summary>
public static class WeeklySpread
{
    /// <summary>The longest that a weekly message to the forum is worth sending.</summary>
    public static readonly TimeSpan UseOfDiscourse = TimeSpan.FromDays(1);

    /// <summary>The place of somebody in an order. Lower goes first.</summary>
    /// <param name="order">Which order: of a week, its day.</param>
    /// <param name="participant">The participant's number.</param>
    public static int Place(DateOnly order, long participant)
    {
        unchecked
        {
            // SplitMix64's last steps: neighbours in, far apart out.
            var mixed = (ulong)participant + ((ulong)order.DayNumber * 0x9E3779B97F4A7C15);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            return (int)(mixed >> 33);
        }
    }

    /// <summary>Due before this instant, a weekly message of this channel is given up; null where none is.</summary>
    /// <param name="now">By the economy's clock.</param>
    public static DateTimeOffset? OldestOfUse(NoticeChannel channel, DateTimeOffset now) =>
        channel == NoticeChannel.Discourse && now - DateTimeOffset.MinValue > UseOfDiscourse ? now - UseOfDiscourse : null;
}
