using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Settling;

/// <summary>Settlement, as operators see and steer it. What the topic brings beside its endpoints.</summary>
internal static class SettlingTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Settlement";

    private const string Wallet = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";

    private const string Signature =
        "5awYiUvGiDFA33EJjj4TXJG44a5afJc8QjWRpGgQiu6b23jCr7yndW2fmp9ujwqJVe32J456wV3VF78Asb1obnTc";

    private static readonly BatchItem Batch = new(
        Sample.Sent, "payouts", "uncertain", Closed: false, 1, Amount.OfStk(1_584), 1, Sample.At, Sample.At, Signature,
        Slot: null);

    private static readonly RefusalItem Refusal = new(
        Sample.Sent, "daily-cap", "with it more would leave on this day than may", null, 1, Sample.At);

    public static Topic Topic => new(SettlingJson.Default, new(Tag, "What leaves for the chain, for operators."))
    {
        Problems = SettlingProblems.All,
        Examples =
        [
            new SettlementView(
                On: true, new("operator", Sample.At, "olga", "the nodes are moved"), "day-cap",
                [new("waiting", 2, Amount.OfStk(3_168)), new("taken", 1, Amount.OfStk(1_584))],
                [new("uncertain", 1, Amount.OfStk(1_584))], SetAside: 2, Amount.OfStk(50_000), 2_000_000_000,
                new(Amount.OfStk(100_000), Amount.OfStk(50_000), Amount.OfStk(10_000), 100_000_000),
                [new("alpha", 381_250_417, 359_000_112, null)], [Refusal], Refill: null),
            new SteeredView(null),
            Sample.Page(Batch),
            new BatchDetailsView(
                Batch, [new(Sample.Transaction, Wallet, Amount.OfStk(1_584), "taken", MakesAccount: true)],
                [
                    new(
                        1, Signature, "AQ==", "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM", 359_000_150, 381_250_400,
                        "alpha", Sample.At, Sample.At, "alpha: taken", null,
                        Sample.Json("""{"at":"2025-12-18T09:30:00+00:00","conclusion":"Nothing is proved.","nodes":[]}""")),
                ],
                [Refusal],
                [new(Sample.Transaction, "expired", null, "olga", "oleg", "both explorers show nothing", Sample.At, null, null)]),
            new ResolveBody("landed", "seen on two explorers", Signature),
        ],
    };
}
