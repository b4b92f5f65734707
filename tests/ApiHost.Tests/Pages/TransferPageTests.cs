using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>A transfer from the form to its receipt, as whoever has no scripts makes one.</summary>
[Collection(ApiCollection.Name)]
public sealed class TransferPageTests(ApiFixture fixture)
{
    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_transfer_is_typed_looked_at_once_more_and_done()
    {
        var browser = Browser.SignedIn(Host, "pt-ann");

        var typed = await browser.Post("/transfer", [.. await Token(browser), ("to", "bob"), ("amount", "1 000,5"), ("note", "за обед")]);
        var address = typed.Headers["Location"];
        var check = await browser.Page(address);

        Assert.Equal(HttpStatusCode.SeeOther, typed.Status);
        Assert.StartsWith("/transfer/check?to=bob&", address, StringComparison.Ordinal);
        var text = check.QuerySelector("main")!.TextContent.Replace('\u00A0', ' ');
        Assert.Contains("Проверьте перевод. Отменить его будет нельзя.", text, StringComparison.Ordinal);
        Assert.Contains("1 000,5 STK", text, StringComparison.Ordinal);
        Assert.Contains("583,5 STK", text, StringComparison.Ordinal);
        Assert.Contains("за обед", text, StringComparison.Ordinal);

        var done = await browser.Post("/transfer/check", Fields(check));
        var receipt = await browser.Page(done.Headers["Location"]);

        var sent = Assert.Single(Sent("pt-ann"));
        Assert.Equal(("bob", new Amount(1_000_500_000), "за обед"), (sent.To, sent.Amount, sent.Note));
        Assert.Equal($"/transfer/{sent.Key.Id}", done.Headers["Location"]);
        var said = receipt.QuerySelector("[data-testid=receipt]")!;
        Assert.Equal(sent.Key.Id.ToString(), said.GetAttribute("data-id"));
        Assert.Contains("Переведено 10 STK. Получатель: bob.", said.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("0,1 STK", said.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_Back_a_double_click_and_a_second_tab_are_one_transfer()
    {
        var browser = Browser.SignedIn(Host, "pt-once");
        var address = await Checked(browser, "bob", "10");
        var first = await browser.Post("/transfer/check", Fields(await browser.Page(address)));

        var locations = new List<string> { first.Headers["Location"] };
        // The same page again, as Back and a second tab have it, and the same form again.
        foreach (var page in new[] { await browser.Page(address), await browser.Page(address) })
        {
            locations.Add((await browser.Post("/transfer/check", Fields(page))).Headers["Location"]);
        }

        Assert.Single(locations.Distinct());
        Assert.Single(Sent("pt-once").Select(sent => sent.Key.Id).Distinct());
        Assert.Equal(3, Sent("pt-once").Count);
        Assert.NotEqual(address, await Checked(browser, "bob", "10"));
    }

    [Fact]
    public async Task After_a_refusal_the_key_is_another_and_what_was_typed_is_kept()
    {
        var browser = Browser.SignedIn(Host, "pt-refused");
        var spender = Host.Cluster.Spender("pt-refused");
        spender.RefusesWith = SpendingRefusal.AboveDayLimit;
        var address = await Checked(browser, "bob", "10,5", "hello");

        var refused = await browser.Post("/transfer/check", Fields(await browser.Page(address)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var page = Browser.Read(refused);
        var summary = page.QuerySelector("[data-testid=problem]")!;
        Assert.Equal("limit-exceeded", summary.GetAttribute("data-type"));
        Assert.True(summary.HasAttribute("autofocus"));
        Assert.Equal("#amount", summary.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("true", page.QuerySelector("#amount")!.GetAttribute("aria-invalid"));
        Assert.NotNull(page.QuerySelector("#amount-fault"));
        Assert.Equal(("bob", "10,5", "hello"), (Value(page, "to"), Value(page, "amount"), Value(page, "note")));
        Assert.Null(page.QuerySelector("form.form [name=key]"));
        spender.RefusesWith = null;
        var again = (await browser.Post("/transfer", Fields(page))).Headers["Location"];
        await browser.Post("/transfer/check", Fields(await browser.Page(again)));
        Assert.Equal(2, Sent("pt-refused").Select(sent => sent.Key.Id).Distinct().Count());
    }

    [Fact]
    public async Task After_an_unknown_outcome_the_key_is_kept_and_asking_again_tells()
    {
        var browser = Browser.SignedIn(Host, "pt-unknown");
        var spender = Host.Cluster.Spender("pt-unknown");
        spender.Deaths.Enqueue(new CommitUnknownException("the connection was lost"));
        var address = await Checked(browser, "bob", "10");

        var lost = await browser.Post("/transfer/check", Fields(await browser.Page(address)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, lost.Status);
        var page = Browser.Read(lost);
        var problem = page.QuerySelector("[data-testid=problem]")!;
        Assert.Equal("outcome-unknown", problem.GetAttribute("data-type"));
        Assert.Contains(
            "Мы не знаем, прошёл ли перевод: связь прервалась. Нажмите «Проверить»: повторного списания не будет.",
            problem.TextContent, StringComparison.Ordinal);
        Assert.Equal("Проверить", page.QuerySelector("[data-testid=transfer-confirm]")!.TextContent);

        // That the next copy is not begun says nothing of the first.
        spender.Deaths.Enqueue(new ClusterBusyException("too much waits"));
        page = Browser.Read(await browser.Post("/transfer/check", Fields(page)));
        Assert.Equal("outcome-unknown", page.QuerySelector("[data-testid=problem]")!.GetAttribute("data-type"));

        var told = await browser.Post("/transfer/check", Fields(page));
        Assert.Equal(HttpStatusCode.SeeOther, told.Status);
        Assert.Single(Sent("pt-unknown").Select(sent => sent.Key.Id).Distinct());
    }

    [Fact]
    public async Task Busy_is_said_in_words_and_the_same_transfer_waits()
    {
        var browser = Browser.SignedIn(Host, "pt-busy");
        Host.Cluster.Spender("pt-busy").Deaths.Enqueue(new ClusterBusyException("too much waits"));
        var check = await browser.Page(await Checked(browser, "bob", "10"));

        var answer = await browser.Post("/transfer/check", Fields(check));

        var page = Browser.Read(answer);
        Assert.Equal("busy", page.QuerySelector("[data-testid=problem]")!.GetAttribute("data-type"));
        Assert.Contains(
            "Сейчас слишком много запросов. Попробуйте через 1 секунду. Ничего не изменилось.",
            page.Body!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(
            Fields(check).Single(field => field.Name == "key"), Fields(page).Single(field => field.Name == "key"));
    }

    [Theory]
    [InlineData("", "10", "to", "Укажите идентификатор получателя.")]
    [InlineData("pt-bad", "10", "to", "себе перевести нельзя")]
    [InlineData("bob", "", "amount", "Укажите сумму.")]
    [InlineData("bob", "0", "amount", "число больше нуля")]
    [InlineData("bob", "-1", "amount", "число больше нуля")]
    [InlineData("bob", "1.000,5", "amount", "после одной запятой или точки")]
    [InlineData("bob", "1,0000001", "amount", "не больше шести знаков")]
    [InlineData("bob", "NaN", "amount", "число больше нуля")]
    public async Task What_is_wrong_is_said_beside_its_field_and_once_above(
        string to, string amount, string field, string said)
    {
        var browser = Browser.SignedIn(Host, "pt-bad");

        var answer = await browser.Post("/transfer", [.. await Token(browser), ("to", to), ("amount", amount)]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var page = Browser.Read(answer);
        Assert.Contains(said, page.GetElementById($"{field}-fault")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"{field}-fault", page.GetElementById(field)!.GetAttribute("aria-describedby")!, StringComparison.Ordinal);
        Assert.Contains(said, page.QuerySelector("[data-testid=problem]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((to, amount), (Value(page, "to"), Value(page, "amount")));
    }

    [Theory]
    [InlineData("unknown-dan", "10", "to", 404, "Получателя с таким идентификатором нет. Проверьте написание. Ничего не списано.")]
    [InlineData("bob", "2000", "amount", 422, "Не хватает 416 STK: доступно 1 584 STK, нужно 2 000 STK с комиссией. Ничего не списано.")]
    [InlineData("bob", "99999999999", "amount", 422, "Не хватает 99 999 998 415 STK")]
    public async Task What_the_silo_would_refuse_is_said_before_it_is_asked(
        string to, string amount, string field, int status, string said)
    {
        var browser = Browser.SignedIn(Host, "pt-short");

        var answer = await browser.Get(await Checked(browser, to, amount));

        Assert.Equal(status, (int)answer.Status);
        Assert.Contains(
            said, Browser.Read(answer).GetElementById($"{field}-fault")!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Empty(Sent("pt-short"));
    }

    [Fact]
    public async Task Who_has_looked_up_too_many_is_told_for_how_long()
    {
        var browser = Browser.SignedIn(Host, "pt-looks");
        Host.Cluster.Spender("pt-looks").RecipientsIn = 301;

        var answer = await browser.Get(await Checked(browser, "bob", "10"));

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("301", answer.Headers["Retry-After"]);
        Assert.Contains("Попробуйте через 6\u00A0минут.", Browser.Read(answer).GetElementById("to-fault")!.TextContent, StringComparison.Ordinal);
        var problem = (await Host.Get(ApiHostUnderTest.Root + "/recipient?id=bob", Host.Keys.Token("participant", "pt-looks")));
        problem.Problem(429, "rate-limited");
        Assert.Equal("301", problem.Headers["Retry-After"]);
    }

    [Fact]
    public async Task A_recipient_who_is_not_known_and_one_who_is_excluded_are_one_answer()
    {
        var token = Host.Keys.Token("participant", "pt-find");

        Assert.Equal(
            """{"id":"bob","name":"bob","canReceive":true}""",
            (await Host.Get(ApiHostUnderTest.Root + "/recipient?id=bob", token)).Text);
        Assert.Equal(
            """{"id":"unknown-dan","name":"unknown-dan","canReceive":false}""",
            (await Host.Get(ApiHostUnderTest.Root + "/recipient?id=unknown-dan", token)).Text);
        (await Host.Get(ApiHostUnderTest.Root + "/recipient", token)).Problem(400, "invalid-request");
    }

    [Fact]
    public async Task Anothers_link_fills_in_a_form_at_most()
    {
        var browser = Browser.SignedIn(Host, "pt-link");
        var address = await Checked(browser, "bob", "10");

        foreach (var (path, site) in new[] { (address, "cross-site"), (address, "same-site"), ("/transfer/check?to=bob&amount=10", "same-origin") })
        {
            var answer = await browser.Get(path, site: site);

            Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
            Assert.Equal("/transfer?to=bob&amount=10", answer.Headers["Location"]);
        }

        Assert.Equal("10", Value(await browser.Page("/transfer?to=bob&amount=10"), "amount"));
    }

    [Fact]
    public async Task A_form_that_is_not_ours_moves_nothing()
    {
        var browser = Browser.SignedIn(Host, "pt-form");
        var fields = Fields(await browser.Page(await Checked(browser, "bob", "10")));
        var others = await Browser.SignedIn(Host, "pt-form-other").FormToken();

        foreach (var answer in new[]
        {
            await browser.PostFrom("cross-site", "/transfer/check", fields), await browser.PostFrom(null, "/transfer/check", fields),
            await browser.Post("/transfer/check", [.. fields.Where(field => field.Name != "form")]),
            await browser.Post("/transfer/check", [.. fields.Where(field => field.Name != "form"), ("form", others)]),
            await browser.PostFrom("cross-site", "/transfer", fields),
        })
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }

        Assert.Empty(Sent("pt-form"));
    }

    [Fact]
    public async Task A_session_that_ends_meanwhile_keeps_what_was_typed_and_the_key()
    {
        var browser = Browser.SignedIn(Host, "pt-ended");
        var address = await Checked(browser, "bob", "10", "за обед");
        var fields = Fields(await browser.Page(address));
        await Host.Cluster.Sessions.End(browser.Session!, CancellationToken.None);

        var answer = await browser.Post("/transfer/check", fields);
        var elsewhere = await browser.PostFrom("cross-site", "/transfer/check", fields);

        Assert.Equal($"/sign-in?return={Uri.EscapeDataString(address)}&ended=true", answer.Headers["Location"]);
        Assert.Equal("/sign-in?return=%2F&ended=true", elsewhere.Headers["Location"]);
        Assert.Empty(Sent("pt-ended"));
    }

    [Fact]
    public async Task Whoever_has_nothing_is_told_and_whoever_is_suspended_is_asked_for_nothing()
    {
        Host.Cluster.Participant("pt-nothing").Holds = new(Amount.Zero, Amount.Zero, Amount.Zero, 7);
        Host.Cluster.Participant("pt-stopped").Standing = new(1, "x", 100, false, IsSuspended: true, At, At, false, At);

        var nothing = await Browser.SignedIn(Host, "pt-nothing").Page("/transfer");
        var stopped = await Browser.SignedIn(Host, "pt-stopped").Page("/transfer");

        Assert.NotNull(nothing.QuerySelector("[data-testid=empty][data-of=transfer]"));
        Assert.Null(nothing.QuerySelector("[data-testid=transfer-check]"));
        Assert.NotNull(stopped.QuerySelector("[data-testid=suspended]"));
        Assert.Null(stopped.QuerySelector("[data-testid=transfer-check]"));
    }

    [Fact]
    public async Task Whom_one_has_paid_before_is_offered_once_and_the_form_does_without()
    {
        Host.Cluster.Participant("pt-known").Operations =
        [
            PageSamples.Transfer(Amount.OfStk(-1), "bob"), PageSamples.Transfer(Amount.OfStk(2), "zoe"),
            PageSamples.Transfer(Amount.OfStk(-3), "bob"), PageSamples.Transfer(Amount.OfStk(-3), "<b>dan"),
        ];
        Host.Cluster.Participant("pt-known-not").Broken["GetTransactions"] = new InvalidOperationException("not now");

        var page = await Browser.SignedIn(Host, "pt-known").Page("/transfer?amount=7");
        var without = await Browser.SignedIn(Host, "pt-known-not").Page("/transfer");

        Assert.Equal(["bob", "<b>dan"], page.QuerySelectorAll("#known option").Select(one => one.GetAttribute("value")));
        Assert.Equal("/transfer?to=bob&amount=7", page.QuerySelector("[aria-labelledby=before] a")!.GetAttribute("href"));
        Assert.NotNull(without.QuerySelector("[data-testid=part-missing]"));
        Assert.NotNull(without.QuerySelector("[data-testid=transfer-check]"));
    }

    [Fact]
    public async Task Without_a_balance_there_is_no_form_and_a_receipt_is_of_ones_own_transfers()
    {
        Host.Cluster.Participant("pt-503").Broken["GetBalance"] = new InvalidOperationException("not now");
        var browser = Browser.SignedIn(Host, "pt-503");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Get("/transfer")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/transfer/{Guid.Empty}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/transfer/x")).Status);
    }

    [Fact]
    public async Task What_is_typed_is_shown_and_never_run()
    {
        var browser = Browser.SignedIn(Host, "pt-hostile");
        const string note = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";

        var check = await browser.Page(await Checked(browser, "<b>bob</b>", "9", note));

        Assert.Empty(check.QuerySelectorAll("main img, main b, script:not([src])"));
        Assert.Contains(note, check.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        PageSamples.AssertAccessible(check);
        PageSamples.AssertAccessible(await browser.Page("/transfer"));
    }

    private List<TransferRequest> Sent(string id) => [.. Host.Cluster.Spender(id).Asked.OfType<TransferRequest>()];

    private static async Task<(string Name, string Value)[]> Token(Browser browser) =>
        [("form", await browser.FormToken())];

    private static async Task<string> Checked(Browser browser, string to, string amount, string note = "") =>
        (await browser.Post("/transfer", [.. await Token(browser), ("to", to), ("amount", amount), ("note", note)]))
            .Headers["Location"];

    private static string? Value(IHtmlDocument page, string field) =>
        page.QuerySelector($"form.form [name={field}]")!.GetAttribute("value");

    // As a browser sends the page's own form.
    private static (string Name, string Value)[] Fields(IParentNode page) =>
    [
        .. page.QuerySelectorAll("main form input").Select(
            one => (one.GetAttribute("name")!, one.GetAttribute("value") ?? "")),
    ];
}
