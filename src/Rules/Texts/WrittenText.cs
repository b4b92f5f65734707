using System.Buffers;
using System.Globalization;
using System.Text;

namespace Stk.Rules.Texts;

/// <summary>
/// What people write for people: notes, reasons, names, descriptions. Any script and any emoji; nothing that turns a
/// line round, moves a cursor or hides. Ids and types are stricter: they are compared, not read.
/// </summary>
public static class WrittenText
{
    /// <summary>
    /// Of a note or a reason. Unit: characters as a reader counts them (UAX 29's extended grapheme clusters).
    /// </summary>
    public const int MaxNoteCharacters = 280;

    /// <summary>
    /// Of one such character, which has no end of its own: marks can be piled up without limit. A family of four with
    /// skin tones has 11, the longest syllables of Indic scripts have fewer than 20. Unit: code points.
    /// </summary>
    public const int MaxCodePointsACharacter = 32;

    /// <summary>The rule that a text breaks, or null.</summary>
    /// <param name="maxCharacters">Unit: characters as a reader counts them.</param>
    public static string? Broken(string text, int maxCharacters)
    {
        // Before anything is counted: no text of so many units can be within the limit.
        if (text.Length == 0 || text.Length > 2L * MaxCodePointsACharacter * maxCharacters)
        {
            return Length(maxCharacters);
        }

        if (Read(text) is not { } points)
        {
            return "must be well-formed Unicode";
        }

        if (points.Count(point => point.BeginsCharacter) > maxCharacters)
        {
            return Length(maxCharacters);
        }

        if (HasTooLongCharacter(points))
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"must hold no character of more than {MaxCodePointsACharacter} code points");
        }

        for (var at = 0; at < points.Length; at++)
        {
            if (!HiddenCharacters.IsInPlace(points, at))
            {
                return "must hold no control characters, and format characters only where a script or an emoji needs them";
            }
        }

        return points.Any(HiddenCharacters.IsSeen) ? null : "must not be blank";
    }

    /// <summary>
    /// The text with a question mark in place of each code point that no written text may hold: for a terminal.
    /// </summary>
    public static string Shown(string text)
    {
        var points = Read(text) ?? Read(string.Concat(text.EnumerateRunes())) ?? [];
        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < points.Length; at++)
        {
            shown.Append(HiddenCharacters.IsInPlace(points, at) ? points[at].Rune.ToString() : "?");
        }

        return shown.ToString();
    }

    private static string Length(int maxCharacters) =>
        string.Create(CultureInfo.InvariantCulture, $"must have 1 to {maxCharacters} characters");

    /// <summary>Null where the text holds half a surrogate pair.</summary>
    private static WrittenPoint[]? Read(string text)
    {
        var points = new List<WrittenPoint>(text.Length);
        var next = 0;
        for (var place = 0; place < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(place), out var rune, out var taken) != OperationStatus.Done)
            {
                return null;
            }

            var begins = place == next;
            if (begins)
            {
                next += StringInfo.GetNextTextElementLength(text, place);
            }

            points.Add(new(rune, begins));
            place += taken;
        }

        return [.. points];
    }

    private static bool HasTooLongCharacter(WrittenPoint[] points)
    {
        var codePoints = 0;
        foreach (var point in points)
        {
            codePoints = point.BeginsCharacter ? 1 : codePoints + 1;
            if (codePoints > MaxCodePointsACharacter)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One code point of a text.</summary>
/// <param name="BeginsCharacter">Whether a character, as a reader counts them, begins with it.</param>
internal readonly record struct WrittenPoint(Rune Rune, bool BeginsCharacter)
{
    public int Value => Rune.Value;

    public UnicodeCategory Category => Rune.GetUnicodeCategory(Rune);

    public bool IsLetter => Rune.IsLetter(Rune);

    public bool IsMark => Category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.EnclosingMark;
}
