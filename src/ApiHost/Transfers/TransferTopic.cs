using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Transfers;

/// <summary>Transfers. What the topic brings beside its endpoints.</summary>
internal static class TransferTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Transfers";

    public static Topic Topic => new(TransferJson.Default, new(Tag, "From one participant to another."))
    {
        Examples =
        [
            new TransferBody("bob", Amount.OfStk(10), "for the lunch"),
            new RecipientView("bob", "bob", CanReceive: true),
            new TransferReceipt(Sample.Transaction, 42, Sample.At, "bob", Amount.OfStk(10), Amount.Zero, "for the lunch"),
        ],
    };
}
