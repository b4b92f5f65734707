using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Reconciling;

/// <summary>Ledger and chain held against each other. What the topic brings beside its endpoints.</summary>
internal static class ReconciliationTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Reserves";

    private static readonly ReservesView Reserves = new(
        381_250_417, 42, Amount.OfStk(84_000_000), Amount.OfStk(83_900_000), Amount.OfStk(50_000), Amount.OfStk(1_584),
        Amount.OfStk(50_000), Amount.OfStk(25), Amount.OfStk(84_931_506), Amount.OfStk(84_000_000), Amount.Zero,
        Amount.Zero, Amount.Zero, Matches: true, Sample.At);

    public static Topic Topic => new(ReconciliationJson.Default, new(Tag, "Whether ledger and chain are equal."))
    {
        Examples =
        [
            Reserves,
            Sample.Page(new ReconciliationItem(7, "asked", "olga", Sample.At, Reserves, [])),
            new ReconcileView(Asked: true),
            new DifferencesView(
            [
                new(
                    Sample.Sent, "left", Amount.OfStk(3), "5zVmLRmpUrA6KnEqSyoPVEUGjTKEYrLm9MeHvAEBNqTe",
                    "5awYiUvGiDFA33EJjj4TXJG44a5afJc8QjWRpGgQiu6b23jCr7yndW2fmp9ujwqJVe32J456wV3VF78Asb1obnTc",
                    "It went to 7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV.", Sample.At),
            ]),
        ],
    };
}
