using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Entitlements;

/// <summary>What purchases have entitled participants to. What the topic brings beside its endpoints.</summary>
internal static class EntitlementTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Entitlements";

    /// <summary>One that a purchase of the examples has given.</summary>
    public static readonly EntitlementItem Example = new(
        Sample.Transaction, Sample.Service, Sample.At, null, Sessions: 1, Used: 0, Left: 1, IsActive: true, EndedAt: null);

    public static Topic Topic => new(EntitlementJson.Default, new(Tag, "What purchases have entitled a participant to."))
    {
        Examples =
        [
            new EntitlementsView([Example]),
            new EntitlementCheckView(Sample.Service, IsActive: true, null, 1),
            new RenewalItem(On: true, Amount.OfStk(1_000)),
            new UseBody(Sample.Sent),
            new UseReceipt(Sample.Sent, Sample.Transaction, Sample.At.AddDays(1), 0),
        ],
    };
}
