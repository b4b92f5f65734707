using System.Text;
using SkiaSharp;

namespace Stk.Reports.Drawing;

/// <summary>
/// Pages of A4 that fill from top to bottom. What is drawn is kept until the end: only then is the number of pages known.
/// Unit of all lengths: points, from the upper left corner.
/// </summary>
internal sealed class Paper : IDisposable
{
    public const float Width = 595.276f;
    public const float Height = 841.89f;
    public const float Margin = 36;

    /// <summary>Between the margins.</summary>
    public const float Inner = Width - (2 * Margin);

    private readonly List<List<Action<SKCanvas>>> _pages = [[]];
    private readonly Dictionary<TextStyle, SKFont> _fonts = [];
    private readonly SKPaint _paint = new() { IsAntialias = true };

    /// <summary>Where the next thing begins.</summary>
    public float Y { get; set; } = Margin;

    public int Pages => _pages.Count;

    public void TurnPage()
    {
        _pages.Add([]);
        Y = Margin;
    }

    public float Measure(string text, TextStyle style) => Font(style).MeasureText(text);

    /// <summary>Draws a line that the caller knows to fit.</summary>
    /// <param name="baseline">The lower edge of letters without tails.</param>
    /// <param name="page">From 0; null for the one that fills.</param>
    public void Text(float x, float baseline, string text, TextStyle style, Side side = Side.Left, int? page = null)
    {
        var font = Font(style);
        var left = side switch
        {
            Side.Right => x - font.MeasureText(text),
            Side.Middle => x - (font.MeasureText(text) / 2),
            _ => x,
        };
        Draw(page, canvas =>
        {
            _paint.Color = style.Color;
            canvas.DrawText(text, left, baseline, SKTextAlign.Left, font, _paint);
        });
    }

    /// <summary>
    /// Draws a text from outside, spelt where needed, and ended by an ellipsis where there is no more room.
    /// </summary>
    public void Outside(float x, float baseline, string text, TextStyle style, float width, int? page = null) =>
        Text(x, baseline, Fit(text, style, width), style, Side.Left, page);

    /// <summary>Draws a number in its room: it is never cut, and is drawn smaller where it needs more.</summary>
    public void Number(float x, float baseline, string text, TextStyle style, float width, Side side = Side.Right)
    {
        var needed = Measure(text, style);
        // In quarters of a point, so that few sizes are used.
        var size = needed <= width ? style.Size : MathF.Floor(style.Size * width / needed * 4) / 4;
        Text(x, baseline, text, style with { Size = size }, side);
    }

    /// <summary>Draws words over as many lines as they need, and moves down by them.</summary>
    /// <param name="leading">From line to line.</param>
    public void Paragraph(float x, string text, TextStyle style, float width, float leading)
    {
        foreach (var line in Lines(text, style, width))
        {
            Y += leading;
            Text(x, Y, line, style);
        }
    }

    /// <summary>How many lines <see cref="Paragraph"/> draws.</summary>
    public int CountLines(string text, TextStyle style, float width) => Lines(text, style, width).Count;

    public void Rule(float x, float y, float width) => Draw(null, canvas =>
    {
        _paint.Color = new(0xC8, 0xC8, 0xC8);
        canvas.DrawRect(x, y, width, 0.6f, _paint);
    });

    public void Bar(float x, float y, float width, float height, bool isPale) => Draw(null, canvas =>
    {
        _paint.Color = isPale ? new(0xB5, 0xC7, 0xDE) : new(0x1F, 0x5F, 0xA8);
        canvas.DrawRect(x, y, width, height, _paint);
    });

    /// <summary>Makes a line of text an address to follow.</summary>
    public void Link(float x, float baseline, string text, TextStyle style, string address, int page)
    {
        Text(x, baseline, text, style, page: page);
        var place = SKRect.Create(x, baseline - style.Size, Measure(text, style), style.Size * 1.25f);
        Draw(page, canvas => canvas.DrawUrlAnnotation(place, address));
    }

    /// <summary>Writes the pages.</summary>
    /// <param name="title">And subject: in the document's metadata, whole.</param>
    public byte[] Write(string title, string subject, string creator)
    {
        using var bytes = new SKDynamicMemoryWStream();
        // No dates: Skia writes them in the machine's zone, and the same report is to be the same bytes.
        var metadata = new SKDocumentPdfMetadata { Title = title, Subject = subject, Creator = creator };
        using (var document = SKDocument.CreatePdf(bytes, metadata))
        {
            foreach (var page in _pages)
            {
                var canvas = document.BeginPage(Width, Height);
                foreach (var draw in page)
                {
                    draw(canvas);
                }

                document.EndPage();
            }

            document.Close();
        }

        using var data = bytes.DetachAsData();
        return data.ToArray();
    }

    public void Dispose()
    {
        _paint.Dispose();
        foreach (var font in _fonts.Values)
        {
            font.Dispose();
        }
    }

    private string Fit(string text, TextStyle style, float width)
    {
        var whole = ShownText.Of(text);
        if (Measure(whole, style) <= width)
        {
            return whole;
        }

        var cut = new StringBuilder();
        foreach (var part in ShownText.Parts(text))
        {
            if (Measure($"{cut}{part}{ShownText.Ellipsis}", style) > width)
            {
                break;
            }

            cut.Append(part);
        }

        return cut.Append(ShownText.Ellipsis).ToString();
    }

    private List<string> Lines(string text, TextStyle style, float width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Measure(longer, style) > width)
            {
                lines.Add(line);
                longer = word;
            }

            line = Measure(longer, style) > width ? Break(longer, style, width, lines) : longer;
        }

        lines.Add(line);
        return lines;
    }

    // A word that is longer than a line: as much of it on each as there is room. What is left begins the next line.
    private string Break(string word, TextStyle style, float width, List<string> lines)
    {
        var line = new StringBuilder();
        foreach (var part in ShownText.Units(word))
        {
            if (line.Length > 0 && Measure($"{line}{part}", style) > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(part);
        }

        return line.ToString();
    }

    private SKFont Font(TextStyle style)
    {
        if (!_fonts.TryGetValue(style, out var font))
        {
            // Widths as the font's design has them, whatever a screen would do.
            font = new SKFont(style.Typeface, style.Size)
            {
                Subpixel = true,
                LinearMetrics = true,
                Hinting = SKFontHinting.None,
            };
            _fonts.Add(style, font);
        }

        return font;
    }

    private void Draw(int? page, Action<SKCanvas> draw) => (page is { } one ? _pages[one] : _pages[^1]).Add(draw);
}
