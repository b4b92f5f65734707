using System.Globalization;
using Stk.Rules.Texts;

namespace Stk.Rules.Tests.Texts;

public class OutsideNameTests
{
    /// <summary>One code point of each category, in .NET's order.</summary>
    private static readonly (UnicodeCategory Category, string Text, bool MayStandAlone)[] Each =
    [
        (UnicodeCategory.UppercaseLetter, "A", true), (UnicodeCategory.LowercaseLetter, "я", true),
        (UnicodeCategory.TitlecaseLetter, "ǅ", true), (UnicodeCategory.ModifierLetter, "ʰ", true),
        (UnicodeCategory.OtherLetter, "中", true), (UnicodeCategory.NonSpacingMark, "\u0316", true),
        (UnicodeCategory.SpacingCombiningMark, "\u0903", true), (UnicodeCategory.EnclosingMark, "\u20DD", true),
        (UnicodeCategory.DecimalDigitNumber, "٣", true), (UnicodeCategory.LetterNumber, "Ⅷ", true),
        (UnicodeCategory.OtherNumber, "½", true), (UnicodeCategory.SpaceSeparator, "\u3000", false),
        (UnicodeCategory.LineSeparator, "\u2028", false), (UnicodeCategory.ParagraphSeparator, "\u2029", false),
        (UnicodeCategory.Control, "\u0001", false), (UnicodeCategory.Format, "\u00AD", false),
        (UnicodeCategory.Surrogate, "\uD800", false), (UnicodeCategory.PrivateUse, "\uE000", false),
        (UnicodeCategory.ConnectorPunctuation, "_", true), (UnicodeCategory.DashPunctuation, "-", true),
        (UnicodeCategory.OpenPunctuation, "(", true), (UnicodeCategory.ClosePunctuation, ")", true),
        (UnicodeCategory.InitialQuotePunctuation, "«", true), (UnicodeCategory.FinalQuotePunctuation, "»", true),
        (UnicodeCategory.OtherPunctuation, "!", true), (UnicodeCategory.MathSymbol, "+", true),
        (UnicodeCategory.CurrencySymbol, "€", true), (UnicodeCategory.ModifierSymbol, "^", true),
        (UnicodeCategory.OtherSymbol, "☃", true), (UnicodeCategory.OtherNotAssigned, "\u0378", false),
    ];

    [Fact]
    public void A_name_is_whole_and_alone_of_what_can_be_seen_and_told_apart_by_every_category()
    {
        Assert.Equal(Enum.GetValues<UnicodeCategory>().Order(), Each.Select(one => one.Category).Order());
        foreach (var (category, text, mayStandAlone) in Each)
        {
            Assert.Equal(category, CharUnicodeInfo.GetUnicodeCategory(text[0]));
            Assert.True(mayStandAlone == OutsideName.Broken(text) is null, $"{category} alone");
            // A blank between others is one that can be seen.
            var isInside = mayStandAlone || category == UnicodeCategory.SpaceSeparator;
            Assert.True(isInside == OutsideName.Broken($"a{text}b") is null, $"{category} inside");
        }
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\u00A0")]
    [InlineData("\u3000 ")]
    public void A_blank_is_no_name_at_all(string name)
    {
        Assert.Equal("must not be blank", OutsideName.Malformed(name));
        Assert.NotNull(OutsideName.Broken(name));
    }

    [Theory]
    [InlineData("maria-orlova\uFE0F")]
    [InlineData("maria\uFE0F-orlova")]
    [InlineData("maria\u034Forlova")]
    [InlineData("maria-orlova\u180B")]
    [InlineData("maria-orlova\u115F")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("\U000E0041maria")]
    [InlineData("maria\U000E0100")]
    [InlineData("maria-orlova\u2065")]
    [InlineData("maria-orlova ")]
    [InlineData(" maria-orlova")]
    [InlineData("maria-orlova\u2800")]
    [InlineData("maria-orlova\u0378")]
    [InlineData("maria-orlova\uE000")]
    [InlineData("maria-orlova\uFFFF")]
    [InlineData("rene\u0301")]
    [InlineData("\u212Bngstrom")]
    public void Nobody_new_gets_a_twin_of_anothers_name_nor_one_that_nobody_sees(string name) =>
        Assert.NotNull(OutsideName.Broken(name));

    [Theory]
    [InlineData("fund:treasury")]
    [InlineData("week:2025-W51")]
    [InlineData("chain:suspense")]
    [InlineData("tender:7")]
    [InlineData("erased-35")]
    [InlineData("chain")]
    [InlineData("issuance")]
    [InlineData("burned")]
    public void Nobody_new_is_called_as_the_economys_own_accounts_are(string name)
    {
        Assert.Equal("must not be one of the economy's own names", OutsideName.Broken(name));
        Assert.Null(OutsideName.Malformed(name));
    }

    [Theory]
    [InlineData("maria-orlova")]
    [InlineData("Анна Ковалёва")]
    [InlineData("ren\u00E9")]
    [InlineData("chains")]
    [InlineData("erased")]
    [InlineData("my fund:treasury")]
    [InlineData("=HYPERLINK(\"a\")")]
    [InlineData("\U0001F600")]
    [InlineData("admin")]
    public void What_is_seen_and_told_apart_is_a_name(string name) => Assert.Null(OutsideName.Broken(name));

    [Fact]
    public void No_source_is_called_as_operators_are()
    {
        Assert.NotNull(OutsideName.BrokenOfSource("admin"));
        Assert.NotNull(OutsideName.BrokenOfSource("club "));
        Assert.Null(OutsideName.BrokenOfSource("club"));
    }
}
