using Stk.ApiHost.OpenApi;

namespace Stk.ApiHost.Deliveries;

/// <summary>What is sent beside the inbox. What the topic brings beside its endpoints.</summary>
internal static class DeliveryTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Deliveries";

    public static Topic Topic => new(
        DeliveryJson.Default, new(Tag, "What is sent by e-mail, to the forum and to webhooks, and what could not be."))
    {
        Problems = DeliveryProblems.All,
        Examples =
        [
            Sample.Page(new DeadDeliveryItem(
                Sample.Transaction, "email", "ann", "vesting.released", Sample.At, 1, "smtp-550", Sample.At.AddMinutes(1))),
            new RetriedDelivery(Sample.Transaction, "email", "waiting"),
            new ChannelsView(
                [new("email", true, false, 50, 40_000, 39_950, Sample.At, 3, new(60_000, 1_200, 0))]),
            new PausedChannel("email", true),
        ],
    };
}
