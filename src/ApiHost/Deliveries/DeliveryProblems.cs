using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Deliveries;

/// <summary>Why something about deliveries is refused. Slugs are for ever: clients decide by them.</summary>
internal static class DeliveryProblems
{
    public static readonly ProblemType UnknownDelivery = new("unknown-delivery", 404, "Unknown delivery",
        "Nothing was to be sent of this notice on this channel.");

    public static readonly ProblemType DeliveryNotDead = new("delivery-not-dead", 409, "Delivery not dead",
        "It waits for an attempt, or has arrived, or was given up: there is nothing to try again. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All = [UnknownDelivery, DeliveryNotDead];
}
