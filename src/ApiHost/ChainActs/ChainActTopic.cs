using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.ChainActs;

/// <summary>Acts on chain whose keys no service has. What the topic brings beside its endpoints.</summary>
internal static class ChainActTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Acts on chain";

    private const string Key = "7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV";

    private static readonly ChainActItem Approved = new(
        Sample.Sent, "refill", Amount.OfStk(50_000), null, "approved", null, "olga", Sample.At, "payouts wait for the float",
        Sample.At.AddDays(14), "oleg", Sample.At, null, null, null, null,
        new(
            Key, Key, Key, Key, Key, Key, "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM", "AQ==", null));

    public static Topic Topic => new(
        ChainActJson.Default,
        new(Tag, "Mint, refill, burn and memo: asked by one operator, approved by another, signed by the key's holder."))
    {
        Problems = ChainActProblems.All,
        Examples =
        [
            Approved,
            Sample.Page(Approved with { ToSign = null }),
            new AskActBody("refill", "payouts wait for the float", "50000"),
            new SignedBody("AQ=="),
        ],
    };
}
