using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Tokens;
using Stk.GrainInterfaces.Emission;

namespace Stk.ApiHost.Supply;

/// <summary>The economy as a whole.</summary>
internal static class SupplyEndpoints
{
    public static void MapSupply(this IEndpointRouteBuilder api) =>
        api.MapGet("/stats/supply", Supply)
            .WithName("stats-supply").WithSummary("What was issued, and where it is")
            .RequireAuthorization(Policy.ReadEconomy);

    private static async Task<Ok<SupplyView>> Supply(GrainCalls calls, CancellationToken cancellation)
    {
        var supply = await calls.Read(
            grains => grains.GetGrain<IEmissionGrain>(0).GetSupply(cancellation), cancellation);
        return TypedResults.Ok(new SupplyView(
            supply.Genesis, supply.Year, supply.YearlyEmission, supply.Scheduled, supply.Emitted, supply.Burned,
            [.. supply.Funds.Select(fund => new FundItem(fund.Name, fund.Balance))], supply.Available, supply.Frozen,
            supply.Settling, supply.OnChain, supply.Reserved, supply.Circulating, supply.NextHalving, supply.At));
    }
}
