using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stk.Ledger;

namespace Stk.Grains.Paging;

/// <summary>
/// Where a page ends, as clients carry it: opaque to them, and refused where this list did not give it to this
/// participant. What it ends with is no secret: whoever computes it reads no more than their own pages.
/// </summary>
/// <param name="list">Of which pages: a name.</param>
internal sealed class Cursors(string list, string participant)
{
    private const int SealCharacters = 12;

    public string Write(HistoryCursor cursor) => Encode(string.Create(
        CultureInfo.InvariantCulture, $"h.{cursor.Sequence}.{cursor.Position}.{cursor.Line}"));

    public string WritePlace(PlaceInTime place) => Encode(string.Create(
        CultureInfo.InvariantCulture, $"t.{place.At.UtcTicks}.{place.Id:N}.{place.Place}"));

    public bool TryReadPlace(string text, out PlaceInTime place)
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

    public string WriteNumber(long number) => Encode(string.Create(CultureInfo.InvariantCulture, $"n.{number}"));

    public bool TryReadNumber(string text, out long number)
    {
        number = 0;
        return Decode(text)?.Split('.') is ["n", var digits]
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <param name="name">Of letters, digits and _.</param>
    public string WriteName(string name, long number) =>
        Encode(string.Create(CultureInfo.InvariantCulture, $"s.{name}.{number}"));

    public bool TryReadName(string text, out string name, out long number)
    {
        number = 0;
        var parts = Decode(text)?.Split('.');
        name = parts is ["s", var read, _] ? read : "";
        return parts is ["s", _, var digits]
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    public string WriteWeek(int week) => Encode(string.Create(CultureInfo.InvariantCulture, $"w.{week}"));

    public bool TryRead(string text, out HistoryCursor cursor)
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

    public bool TryReadWeek(string text, out int week)
    {
        week = 0;
        return Decode(text)?.Split('.') is ["w", var number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out week);
    }

    private string Encode(string text) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{text}.{Seal(text)}"));

    private string? Decode(string cursor)
    {
        if (cursor.Length > 200 || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        var end = text.LastIndexOf('.');
        return end >= 0 && text[(end + 1)..] == Seal(text[..end]) ? text[..end] : null;
    }

    private string Seal(string text) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{list}\n{text}\n{participant}")))[..SealCharacters];
}

/// <summary>Where a row stands in a list that goes by time; newer is greater.</summary>
/// <param name="Place">Among the rows of one id.</param>
internal readonly record struct PlaceInTime(DateTimeOffset At, Guid Id, short Place);
