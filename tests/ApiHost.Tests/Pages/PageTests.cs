using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Stk.ApiHost.Rewards;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>What pages show, as whoever has no scripts reads it.</summary>
[Collection(ApiCollection.Name)]
public sealed class PageTests(ApiFixture fixture)
{
    private const string Hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>\u202Eevil";

    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly WeekId Week = WeekId.OfNumber(202551);
    private static readonly string[] Own = ["/", "/history", "/weeks", "/weeks/2025-W51", "/rules", "/sign-out", Operation];
    private const string Operation = "/history/0190c2f0-0000-7000-8000-000000000001";

    private ApiHostUnderTest Host => fixture.Host;

    public static TheoryData<string, string> Pages()
    {
        var pages = new TheoryData<string, string>();
        foreach (var path in Own)
        {
            pages.Add(path, "ru");
            pages.Add(path, "en");
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_whole_in_its_language_and_holds_nothing_inline(string path, string language)
    {
        Host.Cluster.Statements("pg-whole").Report = Report();
        var browser = Browser.SignedIn(Host, "pg-whole", language);

        var answer = await browser.Get(path);
        var page = Browser.Read(answer);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.NotEmpty(page.Title!);
        Assert.Empty(page.QuerySelectorAll("[style], base, iframe, script:not([src]), style"));
        Assert.DoesNotContain(
            page.All, element => element.Attributes.Any(one => one.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain("{", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page.Body.TextContent, StringComparison.Ordinal);
        AssertAccessible(page);
        if (language == "en")
        {
            // What the reader is called, and the other language's name, are what they are.
            Assert.DoesNotMatch("[А-Яа-я]", page.QuerySelector("main")!.TextContent + page.QuerySelector("nav")!.TextContent);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_lets_a_browser_do_nothing_but_what_it_needs(string path, string language)
    {
        Host.Cluster.Statements("pg-whole").Report = Report();
        var headers = (await Browser.SignedIn(Host, "pg-whole", language).Get(path)).Headers;

        var policy = headers["Content-Security-Policy"];
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", headers["Referrer-Policy"]);
        Assert.Equal("no-store", headers["Cache-Control"]);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", headers["X-Frame-Options"]);
    }

    [Fact]
    public async Task Today_shows_what_the_API_answers()
    {
        var token = Host.Keys.Token("participant", "pg-today");
        var page = await Browser.SignedIn(Host, "pg-today").Page("/");
        var balance = (await Host.Get(ApiHostUnderTest.Root + "/balance", token)).Json;
        var limits = (await Host.Get(ApiHostUnderTest.Root + "/limits", token)).Json;
        var streak = (await Host.Get(ApiHostUnderTest.Root + "/streak", token)).Json;

        foreach (var part in new[] { "total", "available", "frozen" })
        {
            Assert.Equal(balance.GetProperty(part).GetString(), Value(page, $"balance-{part}"));
        }

        Assert.Null(page.QuerySelector("[data-testid=balance-settling]"));
        Assert.Equal(limits.GetProperty("pointsThisWeek").GetRawText(), Value(page, "week-points"));
        Assert.Equal(limits.GetProperty("projectedReward").GetString(), Value(page, "projected-reward"));
        Assert.Equal(streak.GetProperty("weeksInRow").GetRawText(), Value(page, "streak-weeks"));
        var row = page.QuerySelector("[data-testid=limit-row]")!;
        Assert.Equal(("ExerciseSave", "5", "5"), (row.GetAttribute("data-type"), row.GetAttribute("data-counted"), row.GetAttribute("data-limit")));
        Assert.Contains("5 из 5", row.TextContent, StringComparison.Ordinal);
        var text = page.Body!.TextContent;
        Assert.Contains("Прогноз за эту неделю: 1\u00A0584\u00A0STK. Точная сумма станет известна в понедельник после 08:00 UTC.", text, StringComparison.Ordinal);
        Assert.Contains("Дневной лимит исчерпан: 5 из 5. Ещё одно действие сегодня баллов не добавит; лимит обновится в 00:00 (00:00 UTC).", text, StringComparison.Ordinal);
        Assert.Contains("Вы активны 4\u00A0недели подряд: коэффициент 1,1. На следующей неделе будет 1,2.", text, StringComparison.Ordinal);
        Assert.Contains("Осталась 1 сессия", text.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false, false, "Серии пока нет.")]
    [InlineData(3, false, true, "На этой неделе баллов пока нет. Одно засчитанное действие до конца воскресенья (UTC) сохранит серию.")]
    [InlineData(1, true, true, "Серия начинается заново: это 1-я неделя. Заработанное остаётся у вас.")]
    [InlineData(1, true, false, "Это первая неделя серии")]
    public async Task The_streak_says_how_it_stands_and_shames_nobody(int weeks, bool isActive, bool hadRewards, string said)
    {
        var id = $"pg-streak-{weeks}-{isActive}-{hadRewards}";
        var participant = Host.Cluster.Participant(id);
        participant.StreakNow = new(Week, weeks, isActive, 100, 102);
        if (!hadRewards)
        {
            participant.Rewards = [];
        }

        var page = await Browser.SignedIn(Host, id).Page("/");

        Assert.Contains(said, page.QuerySelector("[data-testid=streak-weeks]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_new_is_told_what_will_stand_here()
    {
        var participant = Host.Cluster.Participant("pg-new");
        (participant.Operations, participant.Rewards) = ([], []);
        participant.Holds = new(Amount.Zero, Amount.Zero, Amount.Zero, 0);
        participant.Limits = new(new(2025, 12, 18), Week, [], 0, 0, Amount.Zero);
        var browser = Browser.SignedIn(Host, "pg-new");

        Assert.Equal(
            "Здесь появятся ваши STK. Прочитайте раздел, выполните задание или напишите пост: баллы видны сразу, вознаграждение приходит в понедельник.",
            (await browser.Page("/")).QuerySelector("[data-of=today]")!.TextContent);
        Assert.NotNull((await browser.Page("/history")).QuerySelector("[data-testid=empty][data-of=history]"));
        Assert.NotNull((await browser.Page("/weeks")).QuerySelector("[data-testid=empty][data-of=weeks]"));
    }

    [Theory]
    [InlineData("GetLimits", "week")]
    [InlineData("GetStreak", "streak")]
    [InlineData("GetTransactions", "operations")]
    [InlineData("GetDaily", "balance")]
    [InlineData("GetRewards", "next")]
    public async Task A_part_that_cannot_be_read_is_said_to_be_missing_and_the_rest_is_there(string method, string card)
    {
        var id = $"pg-part-{method}";
        Host.Cluster.Participant(id).Broken[method] = new InvalidOperationException("not now");

        var page = await Browser.SignedIn(Host, id).Page("/");

        Assert.NotNull(page.QuerySelector($"section[aria-labelledby={card}] [data-testid=part-missing]"));
        Assert.Equal("1584.5", Value(page, "balance-total"));
    }

    [Fact]
    public async Task Without_a_balance_the_page_is_a_503_that_says_so()
    {
        Host.Cluster.Participant("pg-503").Broken["GetBalance"] = new InvalidOperationException("not now");

        var answer = await Browser.SignedIn(Host, "pg-503").Get("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("text/html", answer.Type);
        var page = Browser.Read(answer);
        Assert.Equal("unavailable", page.QuerySelector("[data-testid=problem]")!.GetAttribute("data-type"));
        Assert.Contains("ничего не списано", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task What_hangs_over_an_account_is_said_on_every_page()
    {
        Host.Cluster.Participant("pg-state").Standing = new(
            1, "Первокурсник", 100, IsExcluded: true, IsSuspended: true, At, At, IsClockStanding: true, Genesis: null);
        var browser = Browser.SignedIn(Host, "pg-state");
        browser.Keep("stk-zone", "Europe/Moscow");

        foreach (var path in new[] { "/", "/history", "/weeks" })
        {
            var page = await browser.Page(path);

            Assert.NotNull(page.QuerySelector("[data-testid=suspended]"));
            Assert.NotNull(page.QuerySelector("[data-testid=excluded]"));
            Assert.NotNull(page.QuerySelector("[data-testid=before-genesis]"));
            Assert.Equal(
                "Часы экономики стоят: 22 декабря 2025, 11:00.",
                page.QuerySelector("[data-testid=clock]")!.TextContent.Replace('\u00A0', ' '));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task What_people_write_is_shown_and_never_run(string path, string language)
    {
        var participant = Host.Cluster.Participant("pg-hostile");
        participant.Operations =
        [
            new(Guid.NewGuid(), 7, At, "transfer", "x", Amount.OfStk(-1), Amount.Zero, Amount.Zero, Hostile, Hostile, Hostile),
        ];
        Host.Cluster.Statements("pg-hostile").Report = Report(Hostile);
        participant.Standing = new(1, Hostile, 100, false, false, At, At, false, At);

        var page = await Browser.SignedIn(Host, "pg-hostile", language).Page(path);

        Assert.Empty(page.QuerySelectorAll("img, script:not([src])"));
        if (path is "/" or "/history")
        {
            Assert.Contains(page.QuerySelectorAll("bdi"), one => one.TextContent.Contains(Hostile, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_person_is_named_without_case_or_gender()
    {
        var participant = Host.Cluster.Participant("pg-named");
        participant.Operations =
        [
            Transfer(Amount.OfStk(-10), "bob"), Transfer(Amount.OfStk(10), "zoe"),
        ];

        var rows = (await Browser.SignedIn(Host, "pg-named").Page("/history")).QuerySelectorAll("[data-testid=tx-row]");

        Assert.Contains("Получатель: bob", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("−10\u00A0STK", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("-10", rows[0].GetAttribute("data-amount"));
        Assert.Contains("Отправитель: zoe", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("+10\u00A0STK", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_and_one_that_cannot_be_read_narrows_nothing()
    {
        var browser = Browser.SignedIn(Host, "pg-filter");
        var participant = Host.Cluster.Participant("pg-filter");

        var page = await browser.Page("/history?kind=transfer&from=2025-12-01&to=2025-12-31");
        var asked = participant.LastPage!;

        Assert.Equal(
            ("transfer", At.AddDays(-21).Date, new DateTime(2026, 1, 1)),
            (asked.Kind, asked.From!.Value.UtcDateTime, asked.Below!.Value.UtcDateTime));
        Assert.Equal("transfer", page.QuerySelector<IHtmlSelectElement>("select[name=kind]")!.Value);
        Assert.Equal("2025-12-31", page.QuerySelector<IHtmlInputElement>("input[name=to]")!.Value);
        foreach (var query in new[] { "kind=nothing", "from=yesterday", "from=2025-12-31&to=2025-12-01", "cursor=bad" })
        {
            var broken = await browser.Page($"/history?{query}");

            Assert.NotNull(broken.QuerySelector("[data-testid=problem]"));
            Assert.NotEmpty(broken.QuerySelectorAll("[data-testid=tx-row]"));
        }
    }

    [Fact]
    public async Task A_spreadsheet_is_given_the_whole_selection_and_no_formula()
    {
        var participant = Host.Cluster.Participant("pg-csv");
        participant.Operations = [Transfer(Amount.OfStk(-10), "=1+1") with { Note = "a \"quoted\"; note" }];

        var answer = await Browser.SignedIn(Host, "pg-csv").Get("/history.csv");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/csv", answer.Type);
        Assert.Contains("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        var lines = answer.Text.Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("время UTC;", lines[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("'=1+1", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"a \"\"quoted\"\"; note\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missed_week_is_a_gap_and_not_a_zero()
    {
        Host.Cluster.Participant("pg-weeks").Rewards = [Reward(202551, 1_584), Reward(202549, 0)];

        var page = await Browser.SignedIn(Host, "pg-weeks").Page("/weeks");

        Assert.Equal(
            ["2025-W51", "2025-W49"],
            page.QuerySelectorAll("[data-testid=week-row]").Select(row => row.GetAttribute("data-week")));
        Assert.Equal(2, page.QuerySelectorAll("[data-chart=rewards] rect").Length);
        Assert.Contains("50-я", page.QuerySelector("[data-testid=missed-weeks]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("51-я\u00A0неделя, 15–21\u00A0декабря\u00A02025", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_shows_the_documents_example_and_why_each_factor_is_what_it_is()
    {
        Host.Cluster.Statements("pg-week").Report = Report();
        var browser = Browser.SignedIn(Host, "pg-week");

        var page = await browser.Page("/weeks/2025-W51");

        Assert.Equal(("1584", "960"), (Value(page, "statement-reward"), Value(page, "statement-points")));
        Assert.Equal(
            "960 баллов × 1,5 × 1,1 = 1 584 STK",
            page.QuerySelector(".formula")!.TextContent.Replace('\u00A0', ' '));
        Assert.Equal(3, page.QuerySelectorAll("section[aria-labelledby=formula] details").Length);
        Assert.NotNull(page.QuerySelector("[data-testid=fund-factor]"));
        Assert.Contains("разница +576\u00A0STK", page.Body!.TextContent, StringComparison.Ordinal);
        foreach (var (form, type) in new[] { ("pdf", "application/pdf"), ("csv", "text/csv"), ("json", "application/json") })
        {
            Assert.Equal(type, (await browser.Get($"/weeks/2025-W51/statement.{form}")).Type);
        }

        foreach (var path in new[] { "/weeks/2025-W50", "/weeks/nonsense", "/weeks/2025-W51/statement.exe", "/weeks/2025-W50/statement.csv", "/history/nonsense" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(path)).Status);
        }
    }

    [Fact]
    public async Task The_rules_are_for_everybody()
    {
        var page = await new Browser(Host).Page("/rules");

        Assert.Equal(12, page.QuerySelectorAll("[data-testid=rule-row]").Length);
        Assert.Contains("960 баллов × 1,5 × 1,1 = 1 584 STK", page.Body!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("[data-testid=sign-out]"));
        Assert.Equal(HttpStatusCode.NotFound, (await new Browser(Host).Get("/rules?version=7")).Status);
    }

    [Fact]
    public async Task A_browser_is_shown_a_page_where_there_is_nothing_and_a_program_a_problem()
    {
        var browser = new Browser(Host);
        browser.Keep("stk-lang", "en");

        var page = await browser.Get("/nothing");

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.Status, page.Type));
        Assert.Equal("en", Browser.Read(page).DocumentElement.GetAttribute("lang"));
        Assert.Matches("Request: [0-9a-f]{32}", page.Text);
        (await browser.Get("/nothing", accept: "application/json")).Problem(404, "not-found");
        (await browser.Get("/nothing", accept: null)).Problem(404, "not-found");
        (await browser.Get(ApiHostUnderTest.Root + "/nothing")).Problem(404, "not-found");
    }

    [Fact]
    public async Task A_choice_of_language_or_look_is_kept_and_comes_back()
    {
        var browser = new Browser(Host);

        var chosen = await browser.Post("/view", ("language", "en"), ("return", "/rules?version=1"));
        await browser.Post("/view", ("theme", "dark"), ("return", "//elsewhere.example"));

        Assert.Equal("/rules?version=1", chosen.Headers["Location"]);
        var page = await browser.Page("/rules");
        Assert.Equal(("en", "dark"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("data-theme")));
        Assert.Equal("true", page.QuerySelector("[data-testid=lang-en]")!.GetAttribute("aria-pressed"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostFrom("cross-site", "/view", ("language", "ru"))).Status);
        await browser.Post("/view", ("theme", "pink"), ("language", "xx"));
        Assert.Equal(("en", "dark"), (browser.Cookies["stk-lang"], browser.Cookies["stk-theme"]));
    }

    [Fact]
    public async Task Assets_have_their_content_in_their_address_and_are_kept()
    {
        var browser = new Browser(Host);
        var page = await browser.Page("/rules");
        string[] addresses =
        [
            page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!, page.QuerySelector("script")!.GetAttribute("src")!,
            page.QuerySelector("link[rel=icon]")!.GetAttribute("href")!,
        ];

        foreach (var address in addresses)
        {
            Assert.Matches("^/assets/[a-z]+\\.[0-9a-f]{12}\\.[a-z]+$", address);
            var answer = await browser.Get(address);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains("immutable", answer.Headers["Cache-Control"], StringComparison.Ordinal);
            var packed = await Host.Send(HttpMethod.Get, address, headers: ("Accept-Encoding", "gzip, br"));
            Assert.Equal("br", packed.Headers["Content-Encoding"]);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/assets/cabinet.000000000000.css")).Status);
    }

    [Fact]
    public async Task The_first_load_is_light()
    {
        var browser = Browser.SignedIn(Host, "pg-light");
        var answer = await browser.Get("/");
        var page = Browser.Read(answer);
        var size = System.Text.Encoding.UTF8.GetByteCount(answer.Text);
        var scripts = 0;
        foreach (var address in page.QuerySelectorAll("link[rel=stylesheet], script").Select(
            one => one.GetAttribute("href") ?? one.GetAttribute("src")!))
        {
            var sent = int.Parse(
                (await Host.Send(HttpMethod.Head, address, headers: ("Accept-Encoding", "br"))).Headers["Content-Length"],
                System.Globalization.CultureInfo.InvariantCulture);
            size += sent;
            scripts += address.EndsWith(".js", StringComparison.Ordinal) ? sent : 0;
        }

        Assert.InRange(size, 1, 40 * 1024);
        Assert.InRange(scripts, 1, 8 * 1024);
    }

    // What a machine can see of it: names of what is acted on, heads of tables, one label a field, no id twice.
    private static void AssertAccessible(IHtmlDocument page)
    {
        Assert.All(page.QuerySelectorAll("a, button, summary"), one => Assert.False(
            string.IsNullOrWhiteSpace(one.TextContent) && one.GetAttribute("aria-label") is null, one.OuterHtml));
        Assert.All(page.QuerySelectorAll("input:not([type=hidden]), select"), one => Assert.NotNull(one.Closest("label")));
        Assert.All(page.QuerySelectorAll("table"), table => Assert.NotEmpty(table.QuerySelectorAll("th[scope=col]")));
        Assert.All(page.QuerySelectorAll("svg"), one => Assert.False(string.IsNullOrEmpty(one.GetAttribute("aria-label"))));
        Assert.All(page.QuerySelectorAll("[aria-labelledby]"), one => Assert.NotNull(page.GetElementById(one.GetAttribute("aria-labelledby")!)));
        var ids = page.All.Select(one => one.Id).Where(id => !string.IsNullOrEmpty(id)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var levels = page.QuerySelectorAll("h1, h2, h3").Select(one => one.LocalName[1] - '0').ToList();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second - pair.First <= 1));
    }

    private static string? Value(IParentNode page, string name) =>
        page.QuerySelector($"[data-testid={name}]")?.GetAttribute("data-value");

    private static TransactionView Transfer(Amount available, string other) => new(
        Guid.NewGuid(), 7, At, "transfer", "x", available, Amount.Zero, Amount.Zero, other, null, AvailableAfter: Amount.OfStk(5));

    private static WeeklyRewardView Reward(int week, long stk) => new(
        WeekId.OfNumber(week), 3, 4, 960, Amount.OfStk(stk), Amount.OfStk(stk), Amount.Zero, IsSettled: true);

    private static byte[] Report(string? reason = null)
    {
        var statement = new StatementView(
            Week, "ann", 3, "1.5", 4, "1.1", Amount.OfStk(900), Amount.OfStk(9_000), 1,
            [new("ExerciseSave", 12, 9, 3, 100, 900, Amount.OfStk(1_485), 30), new(reason ?? "SectionCompleted", 1, 1, 0, 60, 60, Amount.OfStk(99), 0)],
            960, Amount.OfStk(1_584), Amount.OfStk(99), Amount.OfStk(1_485));
        ImmutableArray<ReportCorrectionView>? corrections = reason is null ? null : [new(2, Amount.OfStk(1), At, reason)];
        return JsonSerializer.SerializeToUtf8Bytes(
            new WeeklyReportView(
                Week, "ann", 1, statement, new(Week.Previous, 640, Amount.OfStk(1_008), []), new(320, Amount.OfStk(576), 57),
                [], [], 1, corrections),
            RewardJson.Default.WeeklyReportView);
    }
}
