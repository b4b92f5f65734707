using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Stk.Reports.Drawing;

/// <summary>
/// The two fonts that everything is drawn with. They come with this program: none of the machine's is looked for.
/// </summary>
internal static class Fonts
{
    public static readonly SKTypeface Regular = Load("Roboto-Regular.ttf");

    public static readonly SKTypeface Bold = Load("Roboto-Bold.ttf");

    private static readonly SKFont RegularGlyphs = new(Regular);

    private static readonly SKFont BoldGlyphs = new(Bold);

    /// <summary>
    /// Whether a character is drawn as itself: both fonts have it, it is seen, and it stands in a place of its own. A
    /// mark that combines with what is before it would need more than a glyph, and blanks of other kinds cannot be told
    /// apart.
    /// </summary>
    public static bool Has(Rune character) => character.Value == ' '
        || (Rune.GetUnicodeCategory(character) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.SpaceSeparator or UnicodeCategory.Control
                or UnicodeCategory.Format)
            && RegularGlyphs.ContainsGlyph(character.Value) && BoldGlyphs.ContainsGlyph(character.Value));

    private static SKTypeface Load(string name)
    {
        using var file = typeof(Fonts).Assembly.GetManifestResourceStream($"Stk.Reports.Fonts.{name}")
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var data = SKData.Create(file);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{name} is no font");
    }
}
