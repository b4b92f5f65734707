using System.Collections.Immutable;
using Stk.ApiHost.Entitlements;
using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Services;

/// <summary>The catalogue, purchases, sales. What the topic brings beside its endpoints.</summary>
internal static class ServiceTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Services";

    private static readonly SplitItem[] Split = [new("mentor", 8_000), new("treasury", 2_000)];

    private static readonly ServiceItem Offer = new(
        Sample.Service, 3, "admitted", "A mentor's session", "An hour with a mentor of your choice", Amount.OfStk(100),
        [.. Split], new(null, null, 1), ImmutableDictionary<string, string>.Empty, null, Sample.At);

    public static Topic Topic => new(
        ServiceJson.Default, new(Tag, "What can be bought, buying it, and what comes of selling."))
    {
        Problems = ServiceProblems.All,
        Examples =
        [
            Sample.Page(Offer),
            Offer,
            new ServiceBody(
                "A mentor's session", Amount.OfStk(100), [.. Split], "An hour with a mentor of your choice",
                new(Sessions: 1)),
            new PurchaseBody(
                ImmutableDictionary<string, string>.Empty.Add("mentor", "bob"), Amount.OfStk(100)),
            new PurchaseReceipt(
                Sample.Transaction, 42, Sample.At, "ann", Sample.Service, 3, Amount.OfStk(100),
                [new("mentor", "bob", Amount.OfStk(80)), new("treasury", null, Amount.OfStk(20))],
                EntitlementTopic.Example, null),
            new RefundReceipt(
                new("6a3b1b0e-58a5-5c69-8c0f-0d9a52a7c3b4"), 57, Sample.At.AddDays(1), Sample.Transaction, Amount.OfStk(100)),
            Sample.Page(new SaleItem(
                Sample.Transaction, Sample.At, Sample.Service, 3, "mentor", Amount.OfStk(80), Refunded: false)),
        ],
    };
}
