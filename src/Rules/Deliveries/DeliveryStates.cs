using System.Diagnostics;

namespace Stk.Rules.Deliveries;

public static class DeliveryStates
{
    /// <summary>As it stands in JSON.</summary>
    public static string WireName(this DeliveryState state) => state switch
    {
        DeliveryState.Waiting => "waiting",
        DeliveryState.Delivered => "delivered",
        DeliveryState.Dead => "dead",
        DeliveryState.GivenUp => "given_up",
        DeliveryState.Gathered => "gathered",
        _ => throw new UnreachableException(),
    };
}
