using System.Globalization;

namespace Stk.Rules.Weeks;

/// <summary>
/// An ISO 8601 week in UTC, <c>2025-W51</c>: the half-open interval from Monday 00:00 to the next.
/// Known by the day of its Monday, so that weeks order and count without a calendar.
/// </summary>
public readonly record struct WeekId : IComparable<WeekId>
{
    private WeekId(DateOnly monday) => Monday = monday;

    public DateOnly Monday { get; }

    public DateOnly Sunday => Monday.AddDays(6);

    /// <summary>Monday 00:00 UTC, inside the week.</summary>
    public DateTimeOffset Start => new(Monday, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The next Monday 00:00 UTC, no longer inside.</summary>
    public DateTimeOffset End => Start.AddDays(7);

    public WeekId Next => new(Monday.AddDays(7));

    public WeekId Previous => new(Monday.AddDays(-7));

    /// <summary>Year x 100 + week, 202551: how a week stands in a column and an account's owner.</summary>
    public int Number => (ISOWeek.GetYear(Monday) * 100) + ISOWeek.GetWeekOfYear(Monday);

    public static bool operator <(WeekId left, WeekId right) => left.Monday < right.Monday;
    public static bool operator >(WeekId left, WeekId right) => left.Monday > right.Monday;
    public static bool operator <=(WeekId left, WeekId right) => left.Monday <= right.Monday;
    public static bool operator >=(WeekId left, WeekId right) => left.Monday >= right.Monday;

    public static WeekId Of(DateTimeOffset instant) => Of(DateOnly.FromDateTime(instant.UtcDateTime));

    public static WeekId Of(DateOnly day) => new(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)));

    /// <exception cref="ArgumentOutOfRangeException">No ISO week has this number.</exception>
    public static WeekId OfNumber(int number) =>
        TryMake(number / 100, number % 100, out var week)
            ? week
            : throw new ArgumentOutOfRangeException(nameof(number), number, "no ISO week has this number");

    /// <summary>Reads <c>yyyy-Www</c> of a year from 2000 to 9998, exactly.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out WeekId week)
    {
        week = default;
        return text.Length == 8 && text[4] == '-' && text[5] == 'W'
            && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(text[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && TryMake(year, number, out week);
    }

    public bool Contains(DateTimeOffset instant) => Start <= instant && instant < End;

    public int CompareTo(WeekId other) => Monday.CompareTo(other.Monday);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{ISOWeek.GetYear(Monday):D4}-W{ISOWeek.GetWeekOfYear(Monday):D2}");

    private static bool TryMake(int year, int number, out WeekId week)
    {
        week = default;
        if (year is < 2000 or > 9998 || number < 1 || number > ISOWeek.GetWeeksInYear(year))
        {
            return false;
        }

        week = new(DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, DayOfWeek.Monday)));
        return true;
    }
}
