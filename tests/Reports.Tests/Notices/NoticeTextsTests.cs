using System.Text.Json;
using Stk.Reports.Notices;
using Stk.Rules.Notices;

namespace Stk.Reports.Tests.Notices;

public sealed class NoticeTextsTests
{
    [Fact]
    public void The_sources_sentences_stand_word_for_word()
    {
        Assert.StartsWith(
            "Разморожено 1\u00A0234,5 STK\n",
            Russian(NoticeKinds.VestingReleased, """
                {"week":"2025-W51","type":"PeerReviewCompleted","vestsDays":30,"amount":"1234.5","released":"1234.5",
                "cancelled":"0"}
                """),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Вознаграждение отменено\n",
            Russian(NoticeKinds.VestingCancelled, """{"vestsDays":30,"amount":"1","released":"0","cancelled":"1"}"""),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Перераспределено 61,728394 STK из-за неактивности. Вернитесь к обучению, чтобы восстановить баланс!\n",
            Russian(NoticeKinds.InactivityCharged, Charged),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_taken_says_what_restores_it_and_until_when()
    {
        Assert.EndsWith(
            "Баланс восстановит серия из 4 активных недель подряд, если она сложится не позже 28\u00A0июня 2026: тогда вернётся "
            + "61,728394 STK.",
            Russian(NoticeKinds.InactivityCharged, Charged), StringComparison.Ordinal);

        // Nothing is promised where the rule book gives nothing back.
        var without = Russian(
            NoticeKinds.InactivityCharged, """{"quarter":"2026-Q1","amount":"5","rateBp":500}""");
        Assert.Equal(
            "Перераспределено 5 STK из-за неактивности.\n\nЭто 5\u00A0% доступного баланса за квартал 2026-Q1.", without);
    }

    [Theory]
    [InlineData("email", "Изменён адрес уведомлений", "Адрес, по которому вы получаете уведомления, изменён: электронная почта. Если")]
    [InlineData("wallet", "Изменён ваш кошелёк", "На новый кошелёк в первые часы ничего не выплачивается. Если")]
    public void What_was_changed_is_said_by_its_name(string channel, string subject, string text)
    {
        using var values = JsonDocument.Parse($$"""{"channel":"{{channel}}"}""");
        var told = NoticeTexts.Render(NoticeKinds.AddressChanged, NoticeLanguage.Russian, values.RootElement);
        Assert.Equal(subject, told.Subject);
        Assert.Contains(text, told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(channel == "wallet" ? "уведомлен" : "кошел", told.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "1 балл.")]
    [InlineData("2", "2 балла.")]
    [InlineData("5", "5 баллов.")]
    [InlineData("11", "11 баллов.")]
    [InlineData("21", "21 балл.")]
    [InlineData("111", "111 баллов.")]
    public void A_noun_fits_its_number(string points, string words) => Assert.Contains(
        $"за {words}", Russian(NoticeKinds.Weekly, $$"""{"week":"2025-W51","reward":"1584","points":{{points}}}"""),
        StringComparison.Ordinal);

    [Theory, MemberData(nameof(Kinds))]
    public void A_notice_of_every_kind_is_whole_in_every_language_and_markup(string kind)
    {
        foreach (var language in NoticeLanguages.All)
        {
            foreach (var markup in Enum.GetValues<NoticeMarkup>())
            {
                var text = NoticeTexts.Render(kind, language, Values(NoticeKinds.Find(kind)!, "x"), markup);

                Assert.NotEmpty(text.Subject);
                Assert.NotEmpty(text.Text);
                foreach (var shown in new[] { text.Subject, text.Text })
                {
                    Assert.DoesNotContain("{{", shown, StringComparison.Ordinal);
                    Assert.DoesNotContain("?", shown, StringComparison.Ordinal);
                }

                Assert.DoesNotContain("\n", text.Subject, StringComparison.Ordinal);
            }
        }
    }

    // Words of ours may stand in a message of the forum as they are.
    [Theory, MemberData(nameof(Kinds))]
    public void A_template_itself_holds_nothing_that_Markdown_reads(string kind)
    {
        foreach (var language in NoticeLanguages.All)
        {
            var text = NoticeTexts.Render(kind, language, Values(NoticeKinds.Find(kind)!, "x"), NoticeMarkup.Markdown).Text;
            var own = text.Replace("` x `", "", StringComparison.Ordinal);
            Assert.True(own.IndexOfAny(['*', '_', '`', '[', ']', '<', '>', '#', '@', '\\', '~', '|', '&']) < 0, own);
        }
    }

    [Theory]
    [InlineData("</p><script>alert(1)</script>")]
    [InlineData("a\r\nBcc: everybody@example.org\r\n\r\nhello")]
    [InlineData("{{amount}} {{#from}}x{{/from}} {{")]
    [InlineData("**bold** [x](https://evil.example) ![x](https://evil.example/i.png) <https://evil.example>")]
    [InlineData("@all @everyone @here #channel :smile:")]
    [InlineData("``` ` `` ```` code")]
    [InlineData("` @all `")]
    [InlineData("[quote=\"ann, post:1\"]x[/quote]\n# heading\n- list\n    code")]
    [InlineData("https://evil.example www.evil.example evil.example mailto:x@evil.example //evil.example")]
    [InlineData("\u202Eabc\u202C \u2066x\u2069 \u200B\0\u2028")]
    [InlineData("שלום")]
    public void What_others_write_comes_out_as_text(string hostile)
    {
        foreach (var language in NoticeLanguages.All)
        {
            var values = JsonSerializer.SerializeToElement(new { amount = "5", from = hostile, note = hostile });
            var one = JsonSerializer.SerializeToElement(new { amount = "5", from = "x", note = "x" });
            foreach (var markup in Enum.GetValues<NoticeMarkup>())
            {
                var text = NoticeTexts.Render(NoticeKinds.TransferReceived, language, values, markup);
                var usual = NoticeTexts.Render(NoticeKinds.TransferReceived, language, one, markup);

                Assert.Equal(usual.Subject, text.Subject);
                Assert.Equal(usual.Text.Split('\n').Length, text.Text.Split('\n').Length);
                Assert.DoesNotContain('\r', text.Text);
                Assert.DoesNotContain(text.Text, character => char.IsControl(character) && character != '\n');
                Assert.DoesNotContain('\u202E', text.Text);
                Assert.DoesNotContain('\u2066', text.Text);
            }

            var mail = NoticeTexts.Render(NoticeKinds.TransferReceived, language, values, NoticeMarkup.Mail).Text;
            Assert.DoesNotContain("://", mail, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", mail, StringComparison.Ordinal);
            Assert.DoesNotContain("x@evil", mail, StringComparison.Ordinal);

            var html = NoticeTexts.Render(NoticeKinds.TransferReceived, language, values, NoticeMarkup.Html).Text;
            Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<https", html, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("plain", "` plain `")]
    [InlineData("a`b", "`` a`b ``")]
    [InlineData("```", "```` ``` ````")]
    [InlineData("` @all `", "`` ` @all ` ``")]
    public void In_Markdown_it_stands_in_a_code_span_that_it_cannot_end(string note, string span) => Assert.Contains(
        span,
        NoticeTexts.Render(
            NoticeKinds.TransferReceived, NoticeLanguage.English,
            JsonSerializer.SerializeToElement(new { amount = "5", note }), NoticeMarkup.Markdown).Text,
        StringComparison.Ordinal);

    [Fact]
    public void Missing_parts_are_left_out() => Assert.Equal(
        "You have received 5 STK.",
        NoticeTexts.Render(
            NoticeKinds.TransferReceived, NoticeLanguage.English,
            JsonSerializer.SerializeToElement(new { amount = "5" })).Text);

    [Fact]
    public void A_correction_below_zero_has_its_sign() => Assert.Contains(
        "by \u22121,234.5 STK",
        NoticeTexts.Render(
            NoticeKinds.Correction, NoticeLanguage.English,
            JsonSerializer.SerializeToElement(new { week = "2025-W51", amount = "-1234.5", revision = 2 })).Text,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("there is no template sale.en", "sale.ru", "S\n\n{{service}} {{amount}}", null, null)]
    [InlineData("there is no template sale.ru", "sale.en", "S\n\n{{service}} {{amount}}", null, null)]
    [InlineData("leaves out amount", "sale.ru", "S\n\n{{service}}", "sale.en", "S\n\n{{service}} {{amount}}")]
    [InlineData("asks for reward", "sale.ru", "S\n\n{{reward}}", "sale.en", "S\n\n{{service}}")]
    [InlineData("does not end the section amount", "sale.ru", "S\n\n{{#amount}}x", "sale.en", "S\n\nx")]
    [InlineData("does not end a {{", "sale.ru", "S\n\n{{amount", "sale.en", "S\n\nx")]
    [InlineData("must be a subject", "sale.ru", "S\nno empty line\nx", "sale.en", "S\n\nx")]
    public void What_is_missing_in_a_template_stops_the_start_by_name(
        string said, string first, string text, string? second, string? other)
    {
        var files = new Dictionary<string, string> { [first] = text };
        if (second is not null)
        {
            files.Add(second, other!); // they come together
        }

        var fault = Assert.Throws<InvalidDataException>(
            () => NoticeTexts.Read([NoticeKinds.Find(NoticeKinds.Sale)!], files));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_write_may_not_stand_in_a_subject()
    {
        var fault = Assert.Throws<InvalidDataException>(() => NoticeTexts.Read(
            [NoticeKinds.Find(NoticeKinds.TransferReceived)!],
            new Dictionary<string, string> { ["transfer.received.ru"] = "{{from}}\n\n{{amount}}" }));
        Assert.Contains("in its subject", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_templates_can_be_read() => NoticeTexts.Check();

    public static TheoryData<string> Kinds() => [.. NoticeKinds.All.Select(kind => kind.Name)];

    private const string Charged = """
        {"quarter":"2026-Q1","amount":"61.728394","rateBp":500,"restoreWeeks":4,"restoreUntil":"2026-W26"}
        """;

    private static string Russian(string kind, string values)
    {
        using var read = JsonDocument.Parse(values);
        return NoticeTexts.Render(kind, NoticeLanguage.Russian, read.RootElement).Text;
    }

    private static JsonElement Values(NoticeKind kind, string text) => JsonSerializer.SerializeToElement(
        kind.Values.ToDictionary(value => value.Name, value => value.Form switch
        {
            NoticeValueForm.Amount => (object)"1.5",
            NoticeValueForm.Number => 2,
            NoticeValueForm.Rate => 500,
            NoticeValueForm.Week => "2025-W51",
            NoticeValueForm.Time => "2025-12-18T09:30:00Z",
            NoticeValueForm.Flag => true,
            NoticeValueForm.ActivityType => "PeerReviewCompleted",
            _ => text,
        }));
}
