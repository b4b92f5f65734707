using CsCheck;
using Stk.Rules.Participants;
using Stk.Rules.Texts;

namespace Stk.Rules.Tests.Texts;

public class WrittenTextTests
{
    [Theory]
    [InlineData("thanks")]
    [InlineData("За помощь с курсом: «спасибо», 50 %")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466")] // a family of four
    [InlineData("\U0001F469\U0001F3FD\u200D\U0001F4BB")] // a programmer with a skin tone
    [InlineData("\U0001F3F3\uFE0F\u200D\U0001F308")] // a rainbow's flag: selector, joiner
    [InlineData("\u2764\uFE0F\u200D\U0001F525")] // a heart on fire
    [InlineData("\U0001F3C3\U0001F3FB\u200D\u2640\uFE0F\u200D\u27A1\uFE0F")] // a runner who turns to the right
    [InlineData("\U0001F3F4\u200D\u2620\uFE0F")] // a pirate's flag
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")] // England
    [InlineData("\U0001F1FA\U0001F1E6 1\uFE0F\u20E3 \u00A9\uFE0F")] // regional indicators, a keycap, a sign
    [InlineData("می\u200Cخواهم")] // Persian: I want
    [InlineData("کتاب\u200Cها، دانش\u200Cآموز")] // Persian: books, pupil
    [InlineData("PDF\u200Cها و ۵\u200Cتایی و زیر\u200Cزمین")] // after a foreign word, a digit, a letter that never joins
    [InlineData("ه\u200D.ش.")] // Persian: a letter's joined form by itself
    [InlineData("क्\u200Dष")] // Hindi: ka, virama, joiner, ssa
    [InlineData("क्\u200Cष")] // Hindi: the same with the virama shown
    [InlineData("शक्\u200D")] // a half form at the end
    [InlineData("র\u200D্যাম")] // Bengali: the joiner before the virama
    [InlineData("র\u200C্যাব")] // Bengali: the other of the two
    [InlineData("അവന്\u200D")] // Malayalam: a chillu as it was written before 5.1
    [InlineData("ශ්\u200Dරී")] // Sinhala
    [InlineData("ខ្ញុំ\u200Bស្រឡាញ់")] // Khmer: a word's end for a line's break
    [InlineData("Auf\u00ADlage")] // a place to break a German word
    [InlineData("שלום\u200F!")] // a mark that places a point
    [InlineData("\u0600١٢")] // Arabic's sign of a number, which is seen
    [InlineData("葛\U000E0100")] // a variant of an ideograph
    [InlineData("ᠠ\u180B")] // a variant of a Mongolian letter
    public void What_people_write_is_taken(string text) => Assert.Null(WrittenText.Broken(text, 280));

    [Theory]
    [InlineData("\u200D")]
    [InlineData("a\u200Db")]
    [InlineData("ann\u200D")]
    [InlineData("\u200Dann")]
    [InlineData("a\u200Cb")]
    [InlineData("thanks\u200C")]
    [InlineData("5\u200D0")]
    [InlineData("क\u200Dक")]
    [InlineData("ह\u200D")]
    [InlineData("ه\u200D\u200Dه")]
    [InlineData("می\u200C\u200Cخواهم")]
    [InlineData("می\u200C خواهم")]
    [InlineData("\U0001F468\u200D")]
    [InlineData("\U0001F468\u200D \U0001F469")]
    [InlineData("\U0001F468\u200Da")]
    [InlineData("a\u200D\U0001F468")]
    [InlineData("\U0001F468\u200D\u200D\U0001F469")]
    public void A_joiner_that_joins_nothing_is_refused(string text) => Assert.NotNull(WrittenText.Broken(text, 280));

    [Theory]
    [InlineData("x\u202Ezebra")]
    [InlineData("\u202Ax\u202C")]
    [InlineData("\u202Bx")]
    [InlineData("\u202Dx")]
    [InlineData("\u2066x\u2069")]
    [InlineData("\u2067x")]
    [InlineData("\u2068x")]
    [InlineData("שלום\u202E")]
    [InlineData("a\u200Fb")]
    [InlineData("a\u200Eb")]
    [InlineData("a\u061Cb")]
    public void A_text_that_sets_its_direction_is_refused(string text) => Assert.NotNull(WrittenText.Broken(text, 280));

    [Theory]
    [InlineData("a\0")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u001B[2J")]
    [InlineData("a\u007F")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("\uFEFFa")]
    [InlineData("a\u2060b")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u00AD")]
    [InlineData("1\u00AD2")]
    [InlineData("a\uFFF9b\uFFFB")]
    [InlineData("\uFE0Fa")]
    [InlineData("a \uFE0Fb")]
    [InlineData("\U0001F600\uFE0F\uFE0E")]
    [InlineData("\U0001F600\U000E0131\U000E0132")]
    [InlineData("a\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062")]
    [InlineData("\U0001F3F4\U000E007F")]
    [InlineData("\U000E0001a")]
    public void A_text_with_a_hidden_character_out_of_place_is_refused(string text) =>
        Assert.NotNull(WrittenText.Broken(text, 280));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u00A0\u3000")]
    [InlineData("\u3164")]
    [InlineData(" \u0301")]
    public void A_text_of_nothing_is_refused(string text) => Assert.NotNull(WrittenText.Broken(text, 280));

    // Not in attributes: their strings are kept as UTF-8, which has no half pairs.
    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.All(["a\uD83D", "\uDE00a", "\uDE00\uD83D"], text => Assert.NotNull(WrittenText.Broken(text, 280)));

    [Theory]
    [InlineData("я")]
    [InlineData("\U0001F600")]
    [InlineData("e\u0301")]
    [InlineData("\U0001F468\U0001F3FD\u200D\U0001F469\U0001F3FD\u200D\U0001F467\U0001F3FD\u200D\U0001F466\U0001F3FD")]
    [InlineData("\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("\U0001F1FA\U0001F1E6")]
    public void Characters_are_counted_as_a_reader_counts_them(string character)
    {
        Assert.Null(WrittenText.Broken(Repeat(character, 280), 280));
        Assert.Equal("must have 1 to 280 characters", WrittenText.Broken(Repeat(character, 281), 280));
    }

    [Fact]
    public void A_pile_of_marks_is_no_character()
    {
        Assert.Null(WrittenText.Broken($"a{Repeat("\u0301", 31)}", 280));
        Assert.Equal(
            "must hold no character of more than 32 code points", WrittenText.Broken($"a{Repeat("\u0301", 32)}", 280));
        Assert.NotNull(WrittenText.Broken($"a{Repeat("\u0301", 10_000)}", 280));
        Assert.NotNull(WrittenText.Broken($"\U0001F468{Repeat("\u200D\U0001F468", 16)}", 280));
    }

    [Fact]
    public void What_an_id_may_hold_a_text_may_hold_too() =>
        Gen.String[Gen.Char['\u0020', '\u06FF'], 1, 20].Sample(text =>
            Assert.False(
                ParticipantId.IsValid(text) && text.Any(char.IsLetter) && WrittenText.Broken(text, 280) is not null, text));

    [Fact]
    public void No_text_that_is_taken_holds_an_override_a_control_or_two_joiners_in_a_row()
    {
        string[] parts =
        [
            "a", "5", " ", "ه", "ד", "\u0301", "क", "\u094D", "\u200C", "\u200D", "\u202E", "\u2069", "\u0007", "\uFE0F",
            "\U0001F468", "\U0001F3FD", "\U000E0067", "\U0001F3F4",
        ];
        Gen.Int[0, parts.Length - 1].Array[1, 8].Select(places => string.Concat(places.Select(place => parts[place])))
            .Sample(text =>
        {
            if (WrittenText.Broken(text, 280) is null)
            {
                Assert.DoesNotContain(text, character => character is '\u202E' or '\u2069' or '\u0007');
                Assert.DoesNotContain("\u200D\u200D", text, StringComparison.Ordinal);
                Assert.DoesNotContain("\uFE0F\uFE0F", text, StringComparison.Ordinal);
            }
        });
    }

    [Fact]
    public void A_terminal_is_shown_a_question_mark_for_what_is_out_of_place()
    {
        Assert.Equal("x?zebra ?[2J", WrittenText.Shown("x\u202Ezebra \u001B[2J"));
        Assert.Equal("a?b", WrittenText.Shown("a\u200Db"));
        Assert.Equal("می\u200Cخواهم \U0001F469\u200D\U0001F4BB", WrittenText.Shown("می\u200Cخواهم \U0001F469\u200D\U0001F4BB"));
        Assert.Equal("a\uFFFD", WrittenText.Shown("a\uD83D"));
        Assert.Equal("", WrittenText.Shown(""));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
