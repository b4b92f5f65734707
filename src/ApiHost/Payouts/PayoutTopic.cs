using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Payouts;

/// <summary>What leaves for wallets. What the topic brings beside its endpoints.</summary>
internal static class PayoutTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Payouts";

    private static readonly PayoutItem Paid = new(
        Sample.Transaction, "weekly", Sample.Week.ToString(), Amount.OfStk(1_584),
        "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV", "paid", Sample.At,
        "5awYiUvGiDFA33EJjj4TXJG44a5afJc8QjWRpGgQiu6b23jCr7yndW2fmp9ujwqJVe32J456wV3VF78Asb1obnTc", 381_250_417,
        Explorer: null, WaitsFor: null, Reason: null, "It has arrived for good.");

    public static Topic Topic => new(PayoutJson.Default, new(Tag, "STK that leave for a participant's own wallet."))
    {
        Examples = [new WithdrawBody(Amount.OfStk(100)), Paid, Sample.Page(Paid)],
    };
}
