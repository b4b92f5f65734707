namespace Stk.Rules.Emission;

/// <summary>
/// Token years from genesis by anniversary. Of a genesis on 29 February the anniversary is 28 February where the year
/// has no 29th.
/// </summary>
public sealed class TokenYears
{
    // Far beyond the last emission, and short of the calendar's end.
    private const int LastGenesisYear = 9_000;

    /// <param name="genesis">UTC day of genesis, the first day of year 0.</param>
    public TokenYears(DateOnly genesis)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(genesis.Year, LastGenesisYear, nameof(genesis));
        Genesis = genesis;
    }

    public DateOnly Genesis { get; }

    /// <param name="year">From 0.</param>
    // From genesis each time: a chain of years would stay on 28 February.
    public DateOnly StartOf(int year)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(year);
        return Genesis.AddYears(year);
    }

    /// <summary>The token year that a day is in.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day is before genesis.</exception>
    public int YearOf(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, Genesis);
        var year = day.Year - Genesis.Year;
        return StartOf(year) > day ? year - 1 : year;
    }

    /// <summary>365 or 366.</summary>
    public int DaysIn(int year) => StartOf(year + 1).DayNumber - StartOf(year).DayNumber;
}
