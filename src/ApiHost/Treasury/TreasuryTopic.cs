using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Treasury;

/// <summary>Spending from funds. What the topic brings beside its endpoints.</summary>
internal static class TreasuryTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Treasury";

    private static readonly SpendItem Spend = new(
        Sample.Transaction, "waiting", "treasury", "bob", Amount.OfStk(25_000), "grant", "The best project of the quarter", 90,
        Sample.At, "olga", null, null, null);

    public static Topic Topic => new(TreasuryJson.Default, new(Tag, "Spending from funds, for operators."))
    {
        Examples =
        [
            new SpendBody("treasury", "bob", Amount.OfStk(25_000), "grant", "The best project of the quarter", 90),
            Spend,
            Sample.Page(Spend),
        ],
    };
}
