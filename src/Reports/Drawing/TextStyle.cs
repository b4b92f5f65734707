using SkiaSharp;

namespace Stk.Reports.Drawing;

/// <summary>How a line of text looks.</summary>
/// <param name="Size">Unit: points.</param>
internal readonly record struct TextStyle(float Size, bool IsBold = false, bool IsPale = false)
{
    private static readonly SKColor Ink = new(0x1A, 0x1A, 0x1A);
    private static readonly SKColor PaleInk = new(0x59, 0x59, 0x59);

    public SKColor Color => IsPale ? PaleInk : Ink;

    public SKTypeface Typeface => IsBold ? Fonts.Bold : Fonts.Regular;
}
