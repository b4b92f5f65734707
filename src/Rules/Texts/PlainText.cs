using System.Buffers;
using System.Globalization;
using System.Text;

namespace Stk.Rules.Texts;

/// <summary>What ids and types have in common: well-formed, bounded, nothing invisible in them. They are compared.</summary>
internal static class PlainText
{
    /// <summary>The rule that a text breaks, or null.</summary>
    /// <param name="maxCharacters">Unit: Unicode code points, as PostgreSQL's char_length counts.</param>
    public static string? Broken(string text, int maxCharacters)
    {
        var characters = 0;
        for (var rest = text.AsSpan(); rest.Length > 0; characters++)
        {
            if (characters == maxCharacters)
            {
                return Length(maxCharacters);
            }

            if (Rune.DecodeFromUtf16(rest, out var rune, out var taken) != OperationStatus.Done)
            {
                return "must be well-formed Unicode";
            }

            // NUL fails in PostgreSQL, a line break in a log, an override character in a reader's eye.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return "must hold no control, format or line-separating characters";
            }

            rest = rest[taken..];
        }

        return characters == 0 ? Length(maxCharacters) : null;
    }

    public static string Length(int maxCharacters) =>
        string.Create(CultureInfo.InvariantCulture, $"must have 1 to {maxCharacters} characters");
}
