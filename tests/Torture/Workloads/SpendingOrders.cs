using System.Text.Encodings.Web;
using System.Text.Json;
using Stk.Rules.Money;
using Stk.Torture.Operations;

namespace Stk.Torture.Workloads;

/// <summary>
/// What one customer orders next, by chance and by what came of the orders before. Most of it can be done.
/// </summary>
internal sealed class SpendingOrders(Random random)
{
    private const string MentorSession = "mentor_session_1h";

    /// <summary>Half of its buyers want it renewed, which nobody asks for then: the economy's days do it.</summary>
    private const string Monthly = "ai_agent_premium";

    /// <summary>Of the rule book: above it a second operator decides.</summary>
    private const int ApprovalAboveStk = 10_000;

    private static readonly string[] Spendable = ["treasury", "startup", "team", "liquidity"];
    private static readonly string[] Kinds = ["grant", "contract", "project", "startup", "team", "liquidity"];

    private static readonly (string Service, string Price)[] Services =
        [(MentorSession, "200"), (MentorSession, "200"), ("course_basic", "500"), (Monthly, "1000")];

    // Notes are kept as they were written.
    private static readonly JsonSerializerOptions Readable =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] People = [.. Crowd.Names];

    private readonly List<(Guid Id, string Buyer, string Service)> _purchases = [];
    private readonly List<(Guid Id, string AskedBy)> _waiting = [];

    /// <summary>Who is paid for what by name.</summary>
    public static IReadOnlyList<(string Service, string Role, string Seller)> Sellers { get; } =
        [("course_basic", "author", People[0]), ("ai_agent_premium", "developer", People[1])];

    public SpendingOrder Next() => random.Next(100) switch
    {
        < 40 => Transfer(),
        < 62 => Purchase(),
        < 72 => Use(),
        < 80 when _purchases.Count > 0 => Refund(),
        >= 95 when _waiting.Count > 0 => Decision(),
        _ => FundSpend(),
    };

    /// <summary>Later orders are about what earlier ones have made.</summary>
    public void Take(SpendingRecord record)
    {
        if (!record.IsDone)
        {
            return;
        }

        var view = record.View;
        if (record.Order.Act == SpendingAct.Purchase)
        {
            _purchases.Add((view["id"]!.GetValue<Guid>(), record.Order.By, view["service"]!.GetValue<string>()));
        }
        else if (record.Order.Act == SpendingAct.FundSpend && view["state"]!.GetValue<string>() == "waiting")
        {
            _waiting.Add((view["id"]!.GetValue<Guid>(), record.Order.By));
        }
    }

    private SpendingOrder Transfer()
    {
        var from = Person();
        var note = random.Next(2) == 0 ? $"за помощь, №{random.Next(1_000)} \U0001F91D" : null;
        return random.Next(100) switch
        {
            < 80 => Of(Other(from), Amount.OfStk(20), null),
            < 88 => Of(Other(from), null, "insufficient-funds"),
            < 94 => Of(from, Amount.OfStk(20), "self-transfer"),
            _ => Of($"nobody-{random.Next(100)}", Amount.OfStk(20), "unknown-participant"),
        };

        // Null: more than was ever emitted.
        SpendingOrder Of(string to, Amount? most, string? refusal) => Order(
            SpendingAct.Transfer, from, "transfer",
            new { to, amount = (most is { } limit ? Below(limit) : Amount.OfStk(2_000_000_000)).ToString(), note }, refusal);
    }

    private SpendingOrder Purchase()
    {
        var (service, price) = Services[random.Next(Services.Length)];
        var buyer = People[random.Next(Sellers.Count, People.Length)];
        var isMentored = service == MentorSession;
        return random.Next(100) switch
        {
            < 80 => Of(isMentored ? Other(buyer) : null, random.Next(2) == 0 ? price : null, null),
            < 90 => Of(isMentored ? Other(buyer) : null, "0.5", "price-changed"),
            // Of a session the buyer's own; of the others a role that they do not have.
            _ => Of(buyer, null, "recipient-unresolved"),
        };

        SpendingOrder Of(string? mentor, string? expectedPrice, string? refusal) => Order(
            SpendingAct.Purchase, buyer, $"services/{service}/purchase",
            mentor is null && service == Monthly
                ? (object)new { renew = random.Next(2) == 0, expectedPrice }
                : new { recipients = mentor is null ? null : new { mentor }, expectedPrice },
            refusal);
    }

    private SpendingOrder Use()
    {
        var owned = _purchases.TakeLast(20).Where(purchase => purchase.Service == MentorSession).ToList();
        var participant = owned.Count > 0 && random.Next(10) > 0 ? owned[random.Next(owned.Count)].Buyer : Person();
        var id = NewId();
        return new(
            SpendingAct.Use, Crowd.Source, $"entitlements/{MentorSession}/use?participant={participant}", id.ToString(),
            Json(new { id }));
    }

    private SpendingOrder Refund() => Order(
        SpendingAct.Refund, Operator(), $"admin/purchases/{Recent(_purchases).Id}/refund", new { reason = "did not happen" });

    private SpendingOrder FundSpend()
    {
        var isAbove = random.Next(3) == 0;
        var amount = isAbove ? Amount.OfStk(ApprovalAboveStk) + Below(Amount.OfStk(20_000)) : Below(Amount.OfStk(2_000));
        return random.Next(100) switch
        {
            < 92 => Of(Spendable[random.Next(Spendable.Length)], Person(), null),
            < 96 => Of("rewards", Person(), "fund-not-spendable"),
            _ => Of("treasury", $"nobody-{random.Next(100)}", "unknown-participant"),
        };

        SpendingOrder Of(string fund, string to, string? refusal) => Order(
            SpendingAct.FundSpend, Operator(), "admin/treasury/spend",
            new
            {
                fund,
                to,
                amount = amount.ToString(),
                kind = Kinds[random.Next(Kinds.Length)],
                reason = "by the plan",
                vestsDays = random.Next(4) == 0 ? 30 : (int?)null,
            },
            refusal);
    }

    // Also what was decided before, and by whoever has asked for it.
    private SpendingOrder Decision()
    {
        var (id, askedBy) = Recent(_waiting);
        var isOther = random.Next(5) > 0;
        var by = askedBy == Market.FirstOperator == isOther ? Market.SecondOperator : Market.FirstOperator;
        var order = random.Next(4) > 0
            ? Order(SpendingAct.Approve, by, $"admin/treasury/spends/{id}/approve", new { reason = "seen" })
            : Order(SpendingAct.Reject, by, $"admin/treasury/spends/{id}/reject", new { reason = "not now" });
        return order with { IsOfAnother = isOther };
    }

    private SpendingOrder Order<T>(SpendingAct act, string by, string path, T body, string? refusal = null) =>
        new(act, by, path, NewId().ToString("N"), Json(body), refusal);

    private static string Json<T>(T body) => JsonSerializer.Serialize(body, Readable);

    private Guid NewId()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    private string Person() => People[random.Next(People.Length)];

    private string Other(string than) =>
        People[(Array.IndexOf(People, than) + random.Next(1, People.Length)) % People.Length];

    private string Operator() => random.Next(2) == 0 ? Market.FirstOperator : Market.SecondOperator;

    private Amount Below(Amount limit) => new(random.NextInt64(1, limit.Micro));

    private T Recent<T>(List<T> list) => list[^random.Next(1, Math.Min(list.Count, 12) + 1)];
}
