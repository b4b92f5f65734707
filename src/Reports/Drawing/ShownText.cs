using System.Text;

namespace Stk.Reports.Drawing;

/// <summary>Text from outside, as it is drawn.</summary>
internal static class ShownText
{
    public const char Ellipsis = '…';

    // \u{10FFFF}
    private const int SpeltMax = 10;

    /// <summary>
    /// Each character as itself where the fonts have it, else spelt by its number, <c>\u{1F642}</c>: nothing is drawn as
    /// a blank or a box, nothing is drawn over its neighbour, and nothing changes the direction of a line.
    /// </summary>
    public static string Of(string text) => string.Concat(Parts(text));

    /// <summary>The same, ended by an ellipsis where it is longer than this.</summary>
    /// <param name="charactersMax">As drawn.</param>
    public static string Of(string text, int charactersMax)
    {
        var shown = new StringBuilder();
        foreach (var part in Parts(text))
        {
            if (shown.Length + part.Length > charactersMax)
            {
                return shown.Append(Ellipsis).ToString();
            }

            shown.Append(part);
        }

        return shown.ToString();
    }

    /// <summary>The same, by what must not be cut in two.</summary>
    public static IEnumerable<string> Parts(string text)
    {
        foreach (var character in text.EnumerateRunes())
        {
            yield return Fonts.Has(character) ? character.ToString() : $"\\u{{{character.Value:X}}}";
        }
    }

    /// <summary>Of a text as it is drawn, what must not be cut in two: a character, or one that is spelt.</summary>
    public static IEnumerable<string> Units(string shown)
    {
        for (var at = 0; at < shown.Length;)
        {
            var end = shown.AsSpan(at).StartsWith("\\u{", StringComparison.Ordinal)
                ? shown.IndexOf('}', at, Math.Min(SpeltMax, shown.Length - at))
                : -1;
            var length = end < 0 ? 1 : end + 1 - at;
            yield return shown.Substring(at, length);
            at += length;
        }
    }
}
