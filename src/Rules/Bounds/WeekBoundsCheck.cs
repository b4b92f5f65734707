using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Bounds;

/// <summary>Holds a scored week against the closed weeks before it. Pure.</summary>
public static class WeekBoundsCheck
{
    /// <summary>So many closed weeks a week is held against; while there are fewer no bound is in force.</summary>
    public const int ClosedWeeks = 8;

    /// <summary>For so long after their registration participants are newcomers.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromDays(28);

    /// <summary>
    /// The bounds that the week is beyond, each a clause that says by how much; empty where it is within all. In the order
    /// total, people, newcomers, sources.
    /// </summary>
    /// <param name="closed">The last closed weeks before it, at most <see cref="ClosedWeeks"/> of them.</param>
    /// <exception cref="ArgumentException">A bound on shares without shares.</exception>
    public static ImmutableArray<string> Beyond(WeekBounds bounds, WeekMeasure week, IReadOnlyList<WeekMeasure> closed)
    {
        if (closed.Count < ClosedWeeks)
        {
            return [];
        }

        var beyond = ImmutableArray.CreateBuilder<string>();
        if (bounds.TotalTimes is { } totalTimes)
        {
            var largest = closed.MaxBy(other => other.Total)!; // there are eight
            var bound = Bound(totalTimes, largest.Total.Micro);
            if (week.Total.Micro > bound)
            {
                beyond.Add(Text(
                    $"its total of {week.Total} STK is {new Amount((long)(week.Total.Micro - bound))} above the bound of {new Amount((long)bound)} ({totalTimes} times {largest.Total} of {largest.Week})"));
            }
        }

        if (bounds.PeopleTimes is { } peopleTimes)
        {
            var largest = closed.MaxBy(other => other.People)!; // there are eight
            var bound = Bound(peopleTimes, largest.People);
            if (week.People > bound)
            {
                beyond.Add(Text(
                    $"its {week.People} people are {week.People - bound} above the bound of {bound} ({peopleTimes} times {largest.People} of {largest.Week})"));
            }
        }

        if (bounds.NewcomersRiseBp is { } newcomersRiseBp)
        {
            Add(
                beyond, "the share of people younger than four weeks", newcomersRiseBp, week, closed,
                shares => shares.Newcomers);
        }

        if (bounds.SourceRiseBp is { } sourceRiseBp)
        {
            foreach (var (source, _) in Shares(week).Sources)
            {
                Add(beyond, $"the share of source {source}", sourceRiseBp, week, closed, shares => Of(shares, source));
            }
        }

        return beyond.ToImmutable();
    }

    private static void Add(
        ImmutableArray<string>.Builder beyond, string what, int riseBp, WeekMeasure week, IReadOnlyList<WeekMeasure> closed,
        Func<WeekShares, Amount> part)
    {
        var share = Share(week, part);
        var largest = closed.MaxBy(other => Share(other, part))!; // eight
        var bound = Share(largest, part) + (riseBp / (decimal)LargestRemainder.WholeBp);
        if (share > bound)
        {
            beyond.Add(Text(
                $"{what}, {Percent(share)}, is {Percent(share - bound)} above the bound of {Percent(bound)} ({Percent(Share(largest, part))} of {largest.Week} and {Percent(riseBp / (decimal)LargestRemainder.WholeBp)} more)"));
        }
    }

    // Rounded down: a week at exactly its bound is within.
    private static Int128 Bound(Coefficient times, long largest) =>
        Int128.Min((Int128)largest * times.Hundredths / Coefficient.One.Hundredths, long.MaxValue);

    // Of nothing there are no shares: a week without rewards has none.
    private static decimal Share(WeekMeasure week, Func<WeekShares, Amount> part) =>
        Shares(week) is { Rewards: { Micro: > 0 } whole } shares ? part(shares).Micro / (decimal)whole.Micro : 0;

    private static WeekShares Shares(WeekMeasure week) =>
        week.Shares ?? throw new ArgumentException($"{week.Week} is held against a bound on shares, and has none");

    private static Amount Of(WeekShares shares, string source) =>
        shares.Sources.FirstOrDefault(other => other.Source == source).Reward;

    private static string Percent(decimal share) =>
        string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
