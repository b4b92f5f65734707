using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Deposits;

/// <summary>What comes back from wallets. What the topic brings beside its endpoints.</summary>
internal static class DepositTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Deposits";

    private const string Wallet = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";

    private const string Signature =
        "5awYiUvGiDFA33EJjj4TXJG44a5afJc8QjWRpGgQiu6b23jCr7yndW2fmp9ujwqJVe32J456wV3VF78Asb1obnTc";

    public static Topic Topic => new(DepositJson.Default, new(Tag, "STK that come back from wallets outside."))
    {
        Examples =
        [
            Sample.Page(new DepositItem(
                Sample.Transaction, Amount.OfStk(25), Wallet, "stk-17-k3q7x0ab", Signature, 381_250_417, Explorer: null,
                Sample.At)),
            Sample.Page(new ArrivalItem(
                Sample.Transaction, Amount.OfStk(25), "suspense", Wallet, Memo: null, To: null, Signature, 381_250_417,
                Sample.At, ReturnedBy: null)),
            new AssignBody("ann", "she has shown that the wallet is hers"),
        ],
    };
}
