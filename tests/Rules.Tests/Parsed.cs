using System.Globalization;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests;

/// <summary>Values as a person writes them.</summary>
internal static class Parsed
{
    public static WeekId Week(string text) =>
        WeekId.TryParse(text, out var week) ? week : throw new FormatException(text);

    public static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
