using System.Globalization;

namespace Stk.Rules.Quarters;

/// <summary>A calendar quarter in UTC, <c>2025-Q4</c>. Known by its first day.</summary>
public readonly record struct QuarterId : IComparable<QuarterId>
{
    private const int MonthsAQuarter = 3;

    private QuarterId(DateOnly firstDay) => FirstDay = firstDay;

    public DateOnly FirstDay { get; }

    public QuarterId Next => new(FirstDay.AddMonths(MonthsAQuarter));

    public QuarterId Previous => new(FirstDay.AddMonths(-MonthsAQuarter));

    /// <summary>Year x 10 + quarter, 20254: how a quarter stands in a column.</summary>
    public int Number => (FirstDay.Year * 10) + ((FirstDay.Month - 1) / MonthsAQuarter) + 1;

    public static bool operator <(QuarterId left, QuarterId right) => left.FirstDay < right.FirstDay;
    public static bool operator >(QuarterId left, QuarterId right) => left.FirstDay > right.FirstDay;
    public static bool operator <=(QuarterId left, QuarterId right) => left.FirstDay <= right.FirstDay;
    public static bool operator >=(QuarterId left, QuarterId right) => left.FirstDay >= right.FirstDay;

    public static QuarterId Of(DateOnly day) =>
        new(new DateOnly(day.Year, (((day.Month - 1) / MonthsAQuarter) * MonthsAQuarter) + 1, 1));

    /// <exception cref="ArgumentOutOfRangeException">No quarter has this number.</exception>
    public static QuarterId OfNumber(int number) =>
        TryMake(number / 10, number % 10, out var quarter)
            ? quarter
            : throw new ArgumentOutOfRangeException(nameof(number), number, "no quarter has this number");

    /// <summary>Reads <c>yyyy-Qq</c> of a year from 2000 to 9998, exactly.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out QuarterId quarter)
    {
        quarter = default;
        return text.Length == 7 && text[4] == '-' && text[5] == 'Q'
            && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(text[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && TryMake(year, number, out quarter);
    }

    public int CompareTo(QuarterId other) => FirstDay.CompareTo(other.FirstDay);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FirstDay.Year:D4}-Q{Number % 10}");

    private static bool TryMake(int year, int number, out QuarterId quarter)
    {
        quarter = default;
        if (year is < 2000 or > 9998 || number is < 1 or > 4)
        {
            return false;
        }

        quarter = new(new DateOnly(year, ((number - 1) * MonthsAQuarter) + 1, 1));
        return true;
    }
}
