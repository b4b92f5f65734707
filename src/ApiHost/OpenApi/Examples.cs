using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Stk.ApiHost.Activity;
using Stk.ApiHost.Audit;
using Stk.ApiHost.Balances;
using Stk.ApiHost.Clocks;
using Stk.ApiHost.Entitlements;
using Stk.ApiHost.Participants;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Rewards;
using Stk.ApiHost.RuleBooks;
using Stk.ApiHost.Services;
using Stk.ApiHost.Sources;
using Stk.ApiHost.Statistics;
using Stk.ApiHost.Transfers;
using Stk.ApiHost.Treasury;
using Stk.ApiHost.Weeks;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.OpenApi;

/// <summary>One example of everything that stands in a body, written by the code that writes the real ones.</summary>
internal static class Examples
{
    private const string Service = "mentor_session";
    private static readonly DateTimeOffset At = new(2025, 12, 18, 9, 30, 0, TimeSpan.Zero);
    private static readonly WeekId Week = WeekId.OfNumber(202551);
    private static readonly Guid Transaction = new("0b54ad4c-7c3c-5f2e-9a51-2f5a3a1b8f10");
    private static readonly Guid Sent = new("0190c2f0-0000-7000-8000-000000000001");

    private static readonly SplitItem[] Split = [new("mentor", 8_000), new("treasury", 2_000)];
    private static readonly ImmutableDictionary<string, string> Mentor =
        ImmutableDictionary<string, string>.Empty.Add("mentor", "bob");
    private static readonly EntitlementItem Entitlement = new(
        Transaction, Service, At, null, Sessions: 1, Used: 0, Left: 1, IsActive: true, EndedAt: null);
    private static readonly ServiceItem Offer = new(
        Service, 3, "admitted", "A mentor's session", "An hour with a mentor of your choice", Stk(100), [.. Split],
        new(null, null, 1), ImmutableDictionary<string, string>.Empty, null, At);
    private static readonly SpendItem Spend = new(
        Transaction, "waiting", "treasury", "bob", Stk(25_000), "grant", "The best project of the quarter", 90, At, "olga",
        null, null, null);
    private static readonly ImmutableArray<FundItem> Funds =
    [
        new("rewards", Stk(9_000_000)), new("treasury", Stk(2_000_000)), new("startup", Stk(1_500_000)),
        new("team", Stk(1_500_000)), new("liquidity", Stk(1_000_000)),
    ];

    private static readonly FrozenDictionary<Type, object> ByType = new object[]
    {
        new BalanceView(Stk(1_584), new(500_000), Amount.Zero, new(1_584_500_000), 42),
        Page(new BalanceChangeItem(
            42, At, Transaction, "transfer", "0b54ad4c-7c3c-5f2e-9a51-2f5a3a1b8f10", "available", Stk(-10), Stk(1_574), "bob",
            "for the lunch", null)),
        Page(new TransactionItem(
            Transaction, 42, At, "transfer", "0b54ad4c-7c3c-5f2e-9a51-2f5a3a1b8f10", Stk(-10), Amount.Zero, Amount.Zero, "bob",
            "for the lunch", null)),
        new TransferBody("bob", Stk(10), "for the lunch"),
        new TransferReceipt(Transaction, 42, At, "bob", Stk(10), Amount.Zero, "for the lunch"),
        new ServicesView([Offer]),
        Offer,
        new ServiceBody(
            "A mentor's session", Stk(100), [.. Split], "An hour with a mentor of your choice", new(Sessions: 1)),
        new ReasonBody("agreed with the provider"),
        new PurchaseBody(Mentor, Stk(100)),
        new PurchaseReceipt(
            Transaction, 42, At, "ann", Service, 3, Stk(100),
            [new("mentor", "bob", Stk(80)), new("treasury", null, Stk(20))], Entitlement, null),
        new RefundReceipt(new("6a3b1b0e-58a5-5c69-8c0f-0d9a52a7c3b4"), 57, At.AddDays(1), Transaction, Stk(100)),
        Page(new SaleItem(Transaction, At, Service, 3, "mentor", Stk(80), Refunded: false)),
        new EntitlementsView([Entitlement]),
        new EntitlementCheckView(Service, IsActive: true, null, 1),
        new UseBody(Sent),
        new UseReceipt(Sent, Transaction, At.AddDays(1), 0),
        Page(new RewardItem(Week, 3, 4, 960, Stk(1_584), Stk(1_584), Amount.Zero, Settled: true)),
        new StatementView(
            Week, "ann", 3, "1.5", 4, "1.1", Stk(9_000), Stk(9_000), 1,
            [new("ExerciseSave", 12, 9, 3, 100, 900, Stk(1_485), 0), new("SectionCompleted", 1, 1, 0, 60, 60, Stk(99), 0)],
            960, Stk(1_584), Stk(1_584), Amount.Zero),
        new LimitsView(new(2025, 12, 18), Week, [new("ExerciseSave", 100, 5, 7, 5, 0)], 500, 960, Stk(1_584)),
        new StreakView(Week, 4, ThisWeekActive: true, "1.1", "1.2"),
        new SupplyView(
            At.AddDays(-30), 0, Stk(1_000_000_000), Stk(84_931_506), Stk(84_931_506), Amount.Zero, Funds, Stk(60_000_000),
            Stk(5_000_000), Amount.Zero, Amount.Zero, Amount.Zero, Stk(60_000_000), new(2029, 11, 18), At),
        new DistributionView(
            At, Funds, 40, [new(Amount.Zero, Stk(1_000), 25, 900), new(Stk(1_000), null, 15, 9_100)],
            [new("k3q7x0ab", 1_250), new("9fd2m1ce", 1_100)], "0.4215"),
        new[] { new SentEventBody(Sent, "ExerciseSave", "ann", At) },
        new[] { new EventAnswerView(Sent, "counted", null, null) },
        new WeekView(
            Week, "score", "report", 17, 64, At, 1, 40, Stk(9_000), Stk(9_000), Amount.Zero, null, null, Forced: false),
        new CloseBody("source is down"),
        new ProfileView("ann", 3, Excluded: false, At),
        new ProfileBody("passed the exam", 4),
        new SourceView("club", At, Required: true),
        new SourceBody(Required: true, At),
        new RuleBooksView([RuleBook]),
        RuleBook,
        new RuleBookBody(WeekId.OfNumber(202602), Json("""{"activities":[],"levels":[],"consistency":[],"emission":{}}""")),
        new ClockView(At, At, null, Manual: true, Standing: true, null, null, At.AddDays(-30)),
        new ClockBody(At),
        new ResumeBody("the clock is right again"),
        new TotalsView(
            4, 40, ImmutableSortedDictionary<string, long>.Empty.Add("counted", 1_200).Add("over_limit", 85),
            ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, long>>.Empty.Add(
                "club", ImmutableSortedDictionary<string, long>.Empty.Add("counted", 1_200).Add("over_limit", 85)),
            Stk(84_931_506), Stk(36_000), Stk(2_000), Funds, $"42:{new string('0', 63)}1"),
        new SpendBody("treasury", "bob", Stk(25_000), "grant", "The best project of the quarter", 90),
        Spend,
        Page(Spend),
        Page(new AuditItem(
            7, At, "olga", "service.admit", Service, Json("""{"state":"proposed"}"""), Json("""{"state":"admitted"}"""),
            "agreed with the provider", new string('0', 63) + "1")),
    }.ToFrozenDictionary(example => example.GetType());

    private static RuleBookVersionView RuleBook => new(
        1, Week, At, "olga", Json("""{"version":1,"activities":[],"levels":[],"consistency":[],"emission":{}}"""));

    /// <summary>Null where a type has none.</summary>
    public static JsonNode? Of(Type type, IServiceProvider services) => ByType.TryGetValue(type, out var example)
        ? JsonSerializer.SerializeToNode(
            example, type, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)
        : null;

    public static JsonNode Of(ProblemType type) => new JsonObject
    {
        ["type"] = type.Uri,
        ["title"] = type.Title,
        ["status"] = type.Status,
        ["detail"] = type.Meaning,
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["errors"] = type == ProblemTypes.InvalidRequest || type == ProblemTypes.EventRejected
            ? new JsonArray(new JsonObject { ["field"] = "amount", ["rule"] = "must be above zero" })
            : new JsonArray(),
    };

    private static PageView<T> Page<T>(T item) => new([item], null);

    private static Amount Stk(long stk) => Amount.OfStk(stk);

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
