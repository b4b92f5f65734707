using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Stk.Ledger;

namespace Stk.Grains.Participants;

/// <summary>Where a page ends, as clients carry it: opaque to them, and refused where it is none of ours.</summary>
internal static class Cursors
{
    public static string Write(HistoryCursor cursor) => Encode(string.Create(
        CultureInfo.InvariantCulture, $"h.{cursor.Sequence}.{cursor.Position}.{cursor.Line}"));

    public static string WritePlace(PlaceInTime place) => Encode(string.Create(
        CultureInfo.InvariantCulture, $"t.{place.At.UtcTicks}.{place.Id:N}.{place.Place}"));

    public static bool TryReadPlace(string text, out PlaceInTime place)
    {
        place = default;
        if (Decode(text)?.Split('.') is not ["t", var ticks, var id, var number]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var utcTicks)
            || utcTicks > DateTimeOffset.MaxValue.UtcTicks
            || !Guid.TryParseExact(id, "N", out var guid)
            || !short.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var placeNumber))
        {
            return false;
        }

        place = new(new(utcTicks, TimeSpan.Zero), guid, placeNumber);
        return true;
    }

    public static string WriteNumber(long number) => Encode(string.Create(CultureInfo.InvariantCulture, $"n.{number}"));

    public static bool TryReadNumber(string text, out long number)
    {
        number = 0;
        return Decode(text)?.Split('.') is ["n", var digits]
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public static string WriteWeek(int week) => Encode(string.Create(CultureInfo.InvariantCulture, $"w.{week}"));

    public static bool TryRead(string text, out HistoryCursor cursor)
    {
        cursor = default;
        if (Decode(text)?.Split('.') is not ["h", var sequence, var position, var line]
            || !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var sequenceNumber)
            || !int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var positionNumber)
            || !int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var lineNumber))
        {
            return false;
        }

        cursor = new(sequenceNumber, positionNumber, lineNumber);
        return true;
    }

    public static bool TryReadWeek(string text, out int week)
    {
        week = 0;
        return Decode(text)?.Split('.') is ["w", var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out week);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(text));

    private static string? Decode(string text)
    {
        if (text.Length > 100 || !Base64Url.IsValid(text))
        {
            return null;
        }

        return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text));
    }
}

/// <summary>Where a row stands in a list that goes by time; newer is greater.</summary>
/// <param name="Place">Among the rows of one id.</param>
internal readonly record struct PlaceInTime(DateTimeOffset At, Guid Id, short Place);
