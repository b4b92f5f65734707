using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Emission;

/// <summary>Emits each due day once, by the schedule. Key: 0.</summary>
[Alias("stk.emission")]
public interface IEmissionGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Emits every day up to <paramref name="through"/> that has begun and is not emitted yet, in order; at most a month a
    /// call.
    /// </summary>
    /// <returns>The last day emitted, or null before genesis.</returns>
    [Alias("emit")]
    Task<DateOnly?> Emit(DateOnly through);

    /// <summary>The supply, from the ledger.</summary>
    [Alias("supply"), AlwaysInterleave, MayCall(CallerRoles.Everybody)]
    Task<SupplyReply> GetSupply(CancellationToken cancellation);
}

/// <param name="Genesis">Null before it is set: all else is zero then.</param>
/// <param name="Year">The token year by the economy's clock, from 0.</param>
/// <param name="YearlyEmission">The schedule's emission of this token year.</param>
/// <param name="Scheduled">The schedule's total to the end of today.</param>
/// <param name="Emitted">What was ever issued.</param>
/// <param name="Funds">In the source's order.</param>
/// <param name="Reserved">Held by weekly runs under way.</param>
/// <param name="Circulating">Available, settling and on chain.</param>
/// <param name="NextHalving">The first day of the next halved year.</param>
[GenerateSerializer, Immutable, Alias("stk.supply")]
public sealed record SupplyReply(
    [property: Id(0)] DateTimeOffset? Genesis,
    [property: Id(1)] int Year,
    [property: Id(2)] Amount YearlyEmission,
    [property: Id(3)] Amount Scheduled,
    [property: Id(4)] Amount Emitted,
    [property: Id(5)] Amount Burned,
    [property: Id(6)] ImmutableArray<FundView> Funds,
    [property: Id(7)] Amount Available,
    [property: Id(8)] Amount Frozen,
    [property: Id(9)] Amount Settling,
    [property: Id(10)] Amount OnChain,
    [property: Id(11)] Amount Reserved,
    [property: Id(12)] Amount Circulating,
    [property: Id(13)] DateOnly? NextHalving,
    [property: Id(14)] DateTimeOffset At);

/// <param name="Name"><c>rewards</c>, <c>treasury</c>, <c>startup</c>, <c>team</c> or <c>liquidity</c>.</param>
[GenerateSerializer, Immutable, Alias("stk.fund")]
public sealed record FundView([property: Id(0)] string Name, [property: Id(1)] Amount Balance);
