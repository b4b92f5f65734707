using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Rules.Emission;

/// <summary>How much may have been emitted by any day. Nothing is emitted before genesis.</summary>
/// <remarks>Source document, "График эмиссии"; a year's days sum to the year exactly.</remarks>
public sealed class EmissionSchedule
{
    /// <summary>Token years between two halvings.</summary>
    public const int HalvingYears = 4;

    /// <summary>No schedule ever emits more: four years of 1, 1/2, 1/4, ... billion.</summary>
    public static readonly Amount Bound = Amount.OfStk(8_000_000_000);

    private static readonly Amount FirstYear = Amount.OfStk(1_000_000_000);

    private readonly TokenYears _years;

    /// <param name="genesis">UTC day of genesis.</param>
    public EmissionSchedule(DateOnly genesis) => _years = new(genesis);

    /// <param name="genesis">The instant of genesis: its UTC day is the first that emits.</param>
    public EmissionSchedule(DateTimeOffset genesis)
        : this(DateOnly.FromDateTime(genesis.UtcDateTime))
    {
    }

    public DateOnly Genesis => _years.Genesis;

    /// <summary>1,000,000,000 / 2^(year div 4), floor to the micro-STK.</summary>
    /// <param name="year">Token year, from 0.</param>
    public static Amount OfYear(int year)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(year);
        var halvings = year / HalvingYears;

        // A shift takes its count modulo 64: unguarded, emission would begin anew after 256 years.
        return halvings >= 63 ? Amount.Zero : new(FirstYear.Micro >> halvings);
    }

    /// <summary>All that the schedule emits until a day has passed.</summary>
    public Amount TotalToEndOf(DateOnly day)
    {
        if (day < Genesis)
        {
            return Amount.Zero;
        }

        var year = _years.YearOf(day);
        var ofYear = OfYear(year);
        if (ofYear == Amount.Zero)
        {
            // The calendar may have no end of this year any more.
            return TotalBefore(year);
        }

        var elapsed = day.DayNumber - _years.StartOf(year).DayNumber + 1;
        return TotalBefore(year) + ofYear.ScaledDown(elapsed, _years.DaysIn(year));
    }

    /// <summary>What one day emits: the total to its end less the total to the end of the day before.</summary>
    public Amount OfDay(DateOnly day) =>
        day < Genesis ? Amount.Zero
        : day == DateOnly.MinValue ? TotalToEndOf(day)
        : TotalToEndOf(day) - TotalToEndOf(day.AddDays(-1));

    /// <summary>A day's emission by fund, in the order of <see cref="Funds.All"/>.</summary>
    /// <param name="sharesBp">Of the rule book. Unit: basis points.</param>
    public static ImmutableArray<Amount> Split(Amount emission, ReadOnlySpan<int> sharesBp) =>
        LargestRemainder.Split(emission, sharesBp);

    private static Amount TotalBefore(int year)
    {
        var total = Amount.Zero;
        for (var first = 0; first < year && OfYear(first) > Amount.Zero; first += HalvingYears)
        {
            total += new Amount(OfYear(first).Micro * Math.Min(HalvingYears, year - first));
        }

        return total;
    }
}
