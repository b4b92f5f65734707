using System.Globalization;

namespace Stk.ApiHost.Requests;

/// <summary>An instant as text: ISO 8601 with an offset, without which it would be this machine's local time.</summary>
internal static class Instant
{
    public const string Rule =
        "must be an ISO 8601 date and time from the year 2000 on, with an offset or Z, such as 2025-12-18T09:30:00Z";

    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public static bool HasOffset(string text) =>
        text is [.., 'Z'] || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');

    public static bool TryParse(string text, out DateTimeOffset at)
    {
        if (HasOffset(text)
            && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out at)
            && at.UtcDateTime.Year is >= 2000 and < 9999)
        {
            at = at.ToUniversalTime();
            return true;
        }

        at = default;
        return false;
    }
}
