using System.Globalization;

namespace Stk.Cli.Authentication;

/// <summary>
/// How long a token is good for, as an operator writes it: <c>90s</c>, <c>15m</c>, <c>12h</c>, <c>30d</c>.
/// </summary>
internal static class Lifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3660);

    public static bool TryParse(string text, out TimeSpan lifetime)
    {
        lifetime = TimeSpan.Zero;
        if (text.Length < 2
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count == 0)
        {
            return false;
        }

        var seconds = text[^1] switch
        {
            's' => count,
            'm' => count * 60L,
            'h' => count * 3_600L,
            'd' => count * 86_400L,
            _ => 0,
        };
        if (seconds == 0 || seconds > Longest.TotalSeconds)
        {
            return false;
        }

        lifetime = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
