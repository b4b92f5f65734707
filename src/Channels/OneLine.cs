using System.Text;

namespace Stk.Channels;

/// <summary>Texts for places that have one line: no line break can begin a header or another line.</summary>
internal static class OneLine
{
    /// <param name="lengthMax">In characters; a longer one ends in an ellipsis.</param>
    public static string Of(string text, int lengthMax)
    {
        var line = new StringBuilder(Math.Min(text.Length, lengthMax) + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > lengthMax - 1)
            {
                return line.Append('…').ToString();
            }

            // Line and paragraph separators are no control characters.
            var isBreak = Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029;
            line.Append(isBreak ? " " : rune.ToString());
        }

        return line.ToString();
    }
}
