using System.Globalization;
using Stk.Reports.Drawing;
using Stk.Reports.Statements;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;

namespace Stk.Reports.Tests.Statements;

public class StatementPdfTests
{
    // What a letter may reach into its neighbour's place: round letters and slants do. Unit: points.
    private const double Slack = 0.7;

    public static TheoryData<string> Cases() => [.. DrawnCase.All.Select(drawn => drawn.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_text_is_outside_the_margins_and_none_over_another(string name)
    {
        using var document = PdfDocument.Open(Case(name).Draw());
        foreach (var page in document.GetPages())
        {
            Assert.Equal((595, 842), ((int)Math.Round(page.Width), (int)Math.Round(page.Height)));
            var letters = page.Letters.Where(letter => !string.IsNullOrWhiteSpace(letter.Value)).ToList();
            Assert.NotEmpty(letters);
            Assert.All(letters, letter =>
            {
                var box = letter.BoundingBox;
                Assert.True(
                    box.Left >= Paper.Margin - Slack && box.Right <= Paper.Width - Paper.Margin + Slack
                    && box.Bottom >= Paper.Margin - 3 && box.Top <= Paper.Height - Paper.Margin + Slack,
                    $"{name}: {letter.Value} at {box.Left:F1}, {box.Bottom:F1} is outside");
            });
            Assert.Empty(Overlaps(letters));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_the_sources_rule_book_it_is_one_page(string name)
    {
        using var document = PdfDocument.Open(Case(name).Draw());

        Assert.Equal(name == "operators-types" ? 3 : 1, document.NumberOfPages);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_id_is_whole_in_the_documents_subject_and_no_date_is_in_it(string name)
    {
        var drawn = Case(name);
        using var document = PdfDocument.Open(drawn.Draw());

        Assert.Equal(drawn.Id, document.Information.Subject);
        Assert.Null(document.Information.CreationDate);
        Assert.Null(document.Information.ModifiedDate);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_letter_has_a_glyph_of_our_own_fonts(string name)
    {
        using var document = PdfDocument.Open(Case(name).Draw());
        foreach (var letter in document.GetPages().SelectMany(page => page.Letters))
        {
            Assert.Contains("Roboto", letter.FontName, StringComparison.Ordinal);
            Assert.All(letter.Value.EnumerateRunes(), rune => Assert.True(rune.Value == 0xA0 || Fonts.Has(rune), $"{rune}"));
        }
    }

    [Fact]
    public void The_example_is_explained_number_by_number()
    {
        var text = Text("example");

        Assert.Contains("Неделя 2025-W51: 15–21 декабря 2025", text, StringComparison.Ordinal);
        Assert.Contains("Уровень 3: Практик", text, StringComparison.Ordinal);
        Assert.Contains("960 баллов × 1,5 (квалификация) × 1,1 (систематичность) = 1 584 STK", text, StringComparison.Ordinal);
        Assert.Contains("разница +", text, StringComparison.Ordinal);
        Assert.Contains("даёт коэффициент 1,8: такая же неделя принесла бы на 316,8 STK больше.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("а в фонде нашлось", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scaled_week_says_what_was_reserved_of_what_and_what_is_frozen()
    {
        Assert.Contains(
            "а в фонде нашлось 1 234 567,890123 STK", Text("scaled"), StringComparison.Ordinal);
        Assert.Contains("заморожено. Срок заморозки истекает: ", Text("everything"), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_a_week_is_posted_it_is_said_how_long_each_part_is_frozen()
    {
        var drawn = Case("everything");
        using var document = PdfDocument.Open(
            StatementPdf.Draw(drawn.Report with { Unlocks = [] }, drawn.Book, drawn.Id, drawn.Words));

        Assert.Contains("каждая часть ждёт столько дней", Text(document), StringComparison.Ordinal);
    }

    [Fact]
    public void A_correction_is_drawn_with_its_sum_and_reason_and_none_is_drawn_without_one()
    {
        var text = Text("correction");

        Assert.Contains("1 671,654322 STK", text, StringComparison.Ordinal);
        Assert.Contains("Исправлено: по итогам недели было 1 584 STK, исправления: +87,654322 STK.", text, StringComparison.Ordinal);
        Assert.Contains(
            "Редакция 2, 11 января 2026: +100 STK. Причина: «Два упражнения засчитаны позже", text, StringComparison.Ordinal);
        Assert.Contains("Редакция 3, 12 января 2026: −12,345678 STK. Причина: «<b>{{name}}</b> @all \\u{1F642}", text,
            StringComparison.Ordinal);
        Assert.Contains("Редакция расшифровки: 3", text, StringComparison.Ordinal);
        Assert.Contains("Total with corrections: 1,684 STK", Text("correction-english"), StringComparison.Ordinal);
        Assert.Contains("За эту неделю засчитанных активностей нет.", Text("correction-alone"), StringComparison.Ordinal);
        Assert.DoesNotContain("Исправ", Text("example"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arabic", @"\u{645}\u{62D}\u{645}\u{62F} \u{628}\u{646}")]
    [InlineData("emoji", @"ivan \u{1F642}\u{1F469}\u{200D}\u{1F469}")]
    [InlineData("combining", @"\u{303}")]
    [InlineData("markup", @"<b>{{id}}</b> \u{1F642} =1+1 (%s) @all")]
    [InlineData("longest-id", "ЩЩЩЩ…")]
    public void What_no_font_has_is_spelt(string name, string shown) =>
        Assert.Contains(shown, Text(name), StringComparison.Ordinal);

    [Fact]
    public async Task The_same_report_gives_the_same_bytes_whoever_else_draws_and_whatever_the_machine_speaks()
    {
        var expected = DrawnCase.All.Select(drawn => Convert.ToHexString(drawn.Draw())).ToList();
        var culture = CultureInfo.CurrentCulture;
        var zone = Environment.GetEnvironmentVariable("TZ");
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            Environment.SetEnvironmentVariable("TZ", "Pacific/Apia");
            TimeZoneInfo.ClearCachedData();
            var drawn = await Task.WhenAll(Enumerable.Range(0, 4).Select(first => Task.Run(() =>
                DrawnCase.All.Select((_, i) => DrawnCase.All[(i + first) % DrawnCase.All.Length])
                    .Select(one => (one.Name, Bytes: Convert.ToHexString(one.Draw()))).ToList())));

            Assert.All(drawn.SelectMany(some => some), one =>
                Assert.Equal(expected[DrawnCase.All.IndexOf(Case(one.Name))], one.Bytes));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }

    // Drawn by another process, on another day: what docs/ shows is what is drawn.
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_pages_in_docs_are_what_is_drawn_to_the_byte(string name)
    {
        var file = Path.Combine(Root, "docs", "statements", $"{name}.pdf");
        var drawn = Case(name).Draw();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, drawn);
        }

        Assert.Equal(Convert.ToHexString(File.ReadAllBytes(file)), Convert.ToHexString(drawn));
    }

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Stk.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
            }

            return folder;
        }
    }

    private static DrawnCase Case(string name) => DrawnCase.All.Single(drawn => drawn.Name == name);

    // By line, with plain blanks.
    private static string Text(string name)
    {
        using var document = PdfDocument.Open(Case(name).Draw());
        return Text(document);
    }

    private static string Text(PdfDocument document) =>
        string.Join('\n', document.GetPages().SelectMany(page => page.Letters)
            .GroupBy(letter => Math.Round(letter.StartBaseLine.Y, 1))
            .Select(line => string.Concat(line.Select(letter => letter.Value)).Replace('\u00A0', ' ')));

    private static List<string> Overlaps(List<Letter> letters)
    {
        var overlaps = new List<string>();
        for (var i = 0; i < letters.Count; i++)
        {
            for (var j = i + 1; j < letters.Count; j++)
            {
                var (one, other) = (letters[i].BoundingBox, letters[j].BoundingBox);
                if (Math.Min(one.Right, other.Right) - Math.Max(one.Left, other.Left) > Slack
                    && Math.Min(one.Top, other.Top) - Math.Max(one.Bottom, other.Bottom) > Slack)
                {
                    overlaps.Add($"{letters[i].Value} at {one.Left:F1}, {one.Bottom:F1} and {letters[j].Value}");
                }
            }
        }

        return overlaps;
    }
}
