using System.Net;
using AngleSharp.Dom;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>Services and buying one, as whoever has no scripts does it.</summary>
[Collection(ApiCollection.Name)]
public sealed class ServicePageTests(ApiFixture fixture)
{
    private const string Buy = "/services/mentor_session/buy";

    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_service_is_chosen_looked_at_once_more_and_bought_once()
    {
        var browser = Browser.SignedIn(Host, "sv-ann");
        var page = await browser.Page("/services/mentor_session");
        var text = page.QuerySelector("main")!.TextContent.Replace('\u00A0', ' ');
        Assert.Contains("ментор: 80 %", text, StringComparison.Ordinal);
        Assert.Contains("1 сессия", text, StringComparison.Ordinal);

        var chosen = await browser.Post("/services/mentor_session", With(Fields(page), "for.mentor", "bob"));
        var address = chosen.Headers["Location"];
        var check = await browser.Page(address);
        Assert.Contains("1 484 STK", check.QuerySelector("main")!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);

        var done = await browser.Post(Buy, Fields(check));
        var again = await browser.Post(Buy, Fields(await browser.Page(address)));

        Assert.Equal(done.Headers["Location"], again.Headers["Location"]);
        var sent = Sent("sv-ann");
        Assert.Equal(2, sent.Count);
        Assert.Single(sent.Select(one => one.Key.Id).Distinct());
        Assert.Equal((3, Amount.OfStk(100), "bob"), (sent[0].ExpectedVersion, sent[0].ExpectedPrice, sent[0].Recipients["mentor"]));
        Assert.Equal($"/purchases/{sent[0].Key.Id}", done.Headers["Location"]);
    }

    [Fact]
    public async Task A_receipt_is_of_ones_own_purchase()
    {
        var id = Guid.Parse("0190c2f0-0000-7000-8000-000000000001");
        Host.Cluster.Participant("sv-receipt").Detail = new(
            new(id, 7, At, "purchase", "x", Amount.OfStk(-100), Amount.Zero, Amount.Zero, null, null, "mentor_session"),
            [new("available", Amount.OfStk(-100), Amount.OfStk(1_484))], []);

        var page = await Browser.SignedIn(Host, "sv-receipt").Page($"/purchases/{id}");

        Assert.Equal(id.ToString(), page.QuerySelector("[data-testid=receipt]")!.GetAttribute("data-id"));
        Assert.Contains("1 484 STK", page.Body!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        // A transfer is none.
        Assert.Equal(HttpStatusCode.NotFound, (await Browser.SignedIn(Host, "sv-none").Get($"/purchases/{id}")).Status);
    }

    [Fact]
    public async Task A_refusal_shows_the_service_again_without_a_key_and_with_what_was_typed()
    {
        var browser = Browser.SignedIn(Host, "sv-refused");
        Host.Cluster.Spender("sv-refused").RefusesWith = SpendingRefusal.RecipientUnresolved;
        var check = await browser.Page(await Chosen(browser, "dan"));

        var page = Browser.Read(await browser.Post(Buy, Fields(check)));

        Assert.Equal("recipient-unresolved", page.QuerySelector("[data-testid=problem]")!.GetAttribute("data-type"));
        Assert.Equal("dan", page.QuerySelector("[name='for.mentor']")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("form.form [name=key]"));
    }

    [Fact]
    public async Task After_an_unknown_outcome_the_same_purchase_is_asked_for()
    {
        var browser = Browser.SignedIn(Host, "sv-unknown");
        var spender = Host.Cluster.Spender("sv-unknown");
        spender.Deaths.Enqueue(new CommitUnknownException("the connection was lost"));
        var check = await browser.Page(await Chosen(browser, "bob"));

        var page = Browser.Read(await browser.Post(Buy, Fields(check)));
        Assert.Equal("outcome-unknown", page.QuerySelector("[data-testid=problem]")!.GetAttribute("data-type"));
        Assert.Equal("Проверить", page.QuerySelector("[data-testid=buy-confirm]")!.TextContent);
        await browser.Post(Buy, Fields(page));

        Assert.Single(Sent("sv-unknown").Select(one => one.Key.Id).Distinct());
    }

    [Fact]
    public async Task A_price_that_has_changed_is_said_before_anything_is_asked()
    {
        var browser = Browser.SignedIn(Host, "sv-price");

        var answer = await browser.Get(Buy + $"?version=3&price=90&for.mentor=bob&key={Guid.NewGuid()}");

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.Status);
        Assert.Contains(
            "Цена изменилась: было 90 STK, стало 100 STK. Ничего не списано. Проверьте и подтвердите ещё раз.",
            Browser.Read(answer).Body!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Empty(Sent("sv-price"));
    }

    [Fact]
    public async Task Whoever_has_too_little_is_told_how_much_is_missing_in_place_of_the_button()
    {
        Host.Cluster.Participant("sv-short").Holds = new(Amount.OfStk(40), Amount.Zero, Amount.Zero, 7);
        Host.Cluster.Participant("sv-stopped").Standing = new(1, "x", 100, false, IsSuspended: true, At, At, false, At);

        var page = await Browser.SignedIn(Host, "sv-short").Page("/services/mentor_session");
        var stopped = await Browser.SignedIn(Host, "sv-stopped").Page("/services/mentor_session");

        Assert.Equal("Не хватает 60\u00A0STK", page.QuerySelector("[data-testid=short]")!.TextContent);
        Assert.Null(page.QuerySelector("[data-testid=buy-check]"));
        Assert.Null(stopped.QuerySelector("[data-testid=buy-check]"));
    }

    [Fact]
    public async Task A_mentor_must_be_named_and_be_somebody_else()
    {
        var browser = Browser.SignedIn(Host, "sv-role");
        var fields = Fields(await browser.Page("/services/mentor_session"));

        foreach (var (named, said) in new[] { ("", "Укажите идентификатор участника."), ("sv-role", "или это вы") })
        {
            var answer = await browser.Post("/services/mentor_session", With(fields, "for.mentor", named));

            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains(
                said, Browser.Read(answer).GetElementById("for.mentor-fault")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Anothers_link_shows_a_service_at_most_and_anothers_form_buys_nothing()
    {
        var browser = Browser.SignedIn(Host, "sv-link");
        var address = await Chosen(browser, "bob");
        var fields = Fields(await browser.Page(address));

        Assert.Equal("/services/mentor_session", (await browser.Get(address, site: "cross-site")).Headers["Location"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostFrom("cross-site", Buy, fields)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post(Buy, With(fields, "form", "x"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/services/no_such")).Status);
        Assert.Empty(Sent("sv-link"));
        await Host.Cluster.Sessions.End(browser.Session!, CancellationToken.None);
        var ended = await browser.Post(Buy, fields);
        Assert.Contains("for.mentor%3Dbob", ended.Headers["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Income_is_by_week_and_service_without_what_went_back()
    {
        Host.Cluster.Participant("sv-sales").Sold =
        [
            new(Guid.NewGuid(), At, "course", 1, "author", Amount.OfStk(50), false),
            new(Guid.NewGuid(), At, "course", 1, "author", Amount.OfStk(70), IsRefunded: true),
            new(Guid.NewGuid(), At, "course", 1, "mentor", Amount.OfStk(5), false),
            new(Guid.NewGuid(), At.AddDays(-1), "course", 1, "author", Amount.OfStk(9), false),
        ];
        Host.Cluster.Participant("sv-sales-none").Sold = [];

        var page = await Browser.SignedIn(Host, "sv-sales").Page("/sales");

        Assert.Equal(
            ["55", "9"], page.QuerySelectorAll("[data-testid=sale-row]").Select(row => row.GetAttribute("data-amount")));
        var text = page.Body!.TextContent.Replace('\u00A0', ' ');
        Assert.Contains("2 продажи", text, StringComparison.Ordinal);
        Assert.Contains("Возвращено: 1 продажа.", text, StringComparison.Ordinal);
        Assert.NotNull(
            (await Browser.SignedIn(Host, "sv-sales-none").Page("/sales")).QuerySelector("[data-of=sales]"));
        Assert.Equal(
            HttpStatusCode.OK, (await Browser.SignedIn(Host, "sv-sales").Get("/sales?cursor=x")).Status);
    }

    [Theory]
    [InlineData("", 1, false)]
    [InlineData("?q=MENTOR", 1, false)]
    [InlineData("?q=nothing", 0, false)]
    [InlineData("?from=100&to=100,0", 1, false)]
    [InlineData("?from=100,01", 0, false)]
    [InlineData("?to=99", 0, false)]
    [InlineData("?to=cheap", 1, true)]
    public async Task Services_are_looked_for_by_words_and_price(string query, int found, bool isBroken)
    {
        var page = await Browser.SignedIn(Host, "sv-find").Page("/services" + query);

        Assert.Equal(found, page.QuerySelectorAll("[data-testid=service-row]").Length);
        Assert.Equal(isBroken, page.QuerySelector("[data-testid=problem]") is not null);
        Assert.Equal(found == 0, page.QuerySelector("[data-of=services]") is not null);
        Assert.Contains(
            "Осталась 1 сессия", page.QuerySelector("[data-testid=entitlement-row]")!.TextContent.Replace('\u00A0', ' '),
            StringComparison.Ordinal);
    }

    private List<PurchaseRequest> Sent(string id) => [.. Host.Cluster.Spender(id).Asked.OfType<PurchaseRequest>()];

    private static async Task<string> Chosen(Browser browser, string mentor) => (await browser.Post(
        "/services/mentor_session", With(Fields(await browser.Page("/services/mentor_session")), "for.mentor", mentor)))
        .Headers["Location"];

    private static (string Name, string Value)[] With((string Name, string Value)[] fields, string name, string value) =>
        [.. fields.Where(field => field.Name != name), (name, value)];

    // As a browser sends the page's own form.
    private static (string Name, string Value)[] Fields(IParentNode page) =>
    [
        .. page.QuerySelectorAll("main form[method=post] input").Select(
            one => (one.GetAttribute("name")!, one.GetAttribute("value") ?? "")),
    ];
}
