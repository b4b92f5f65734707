namespace Stk.Rules.Time;

/// <summary>
/// Instants as people and programs send them, read in one way at every door: RFC 3339's, and ISO 8601's without seconds
/// or with a short offset. The offset must be there: a local time is no instant.
/// </summary>
public static class InstantText
{
    public const string Rule = "must be an ISO 8601 date and time with an offset or Z, such as 2025-12-18T09:30:00Z";

    private const int MaxCharacters = 64;
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>
    /// Reads <c>2013-01-27T01:06:22.000Z</c>: T may be a blank, T and Z may be small, seconds may be missing, the fraction
    /// has any number of digits and is cut to microseconds, the offset is Z, +hh, +hhmm or +hh:mm. No leap seconds, no
    /// 24:00.
    /// </summary>
    /// <param name="at">UTC.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset at)
    {
        at = default;
        var rest = text;
        if (text.Length > MaxCharacters
            || !Number(ref rest, 4, out var year) || !Literal(ref rest, '-')
            || !Number(ref rest, 2, out var month) || !Literal(ref rest, '-')
            || !Number(ref rest, 2, out var day)
            || !(Literal(ref rest, 'T') || Literal(ref rest, 't') || Literal(ref rest, ' '))
            || !Number(ref rest, 2, out var hour) || !Literal(ref rest, ':')
            || !Number(ref rest, 2, out var minute))
        {
            return false;
        }

        var second = 0;
        var micros = 0L;
        if (Literal(ref rest, ':')
            && (!Number(ref rest, 2, out second) || (Literal(ref rest, '.') && !Fraction(ref rest, out micros))))
        {
            return false;
        }

        if (!Offset(rest, out var offsetMinutes)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks
            + (micros * TicksPerMicrosecond) - (offsetMinutes * TimeSpan.TicksPerMinute);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        at = new(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool Literal(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.Length == 0 || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private static bool Number(ref ReadOnlySpan<char> rest, int digits, out int value)
    {
        value = 0;
        if (rest.Length < digits)
        {
            return false;
        }

        foreach (var digit in rest[..digits])
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        rest = rest[digits..];
        return true;
    }

    private static bool Fraction(ref ReadOnlySpan<char> rest, out long micros)
    {
        micros = 0;
        var digits = rest.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : rest.Length;
        for (var place = 0; place < 6; place++)
        {
            micros = (micros * 10) + (place < digits ? rest[place] - '0' : 0);
        }

        rest = rest[digits..];
        return digits > 0;
    }

    private static bool Offset(ReadOnlySpan<char> rest, out int minutes)
    {
        minutes = 0;
        if (rest is "Z" or "z")
        {
            return true;
        }

        var isEast = Literal(ref rest, '+');
        if ((!isEast && !Literal(ref rest, '-')) || !Number(ref rest, 2, out var hours))
        {
            return false;
        }

        var minutePart = 0;
        if (rest.Length > 0)
        {
            Literal(ref rest, ':');
            if (!Number(ref rest, 2, out minutePart) || rest.Length > 0)
            {
                return false;
            }
        }

        if (hours > 23 || minutePart > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + minutePart) * (isEast ? 1 : -1);
        return true;
    }
}
