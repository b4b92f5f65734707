using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Statistics;

namespace Stk.ApiHost.Statistics;

/// <summary>The economy as a whole.</summary>
internal static class SupplyEndpoints
{
    public static void MapSupply(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stats/supply", Supply)
            .WithName("stats-supply").WithSummary("What was issued, and where it is")
            .WithTags(StatisticsTopic.Tag)
            .WithETag()
            .RequireAuthorization(Policy.ReadEconomy);
        api.MapGet("/stats/distribution", Distribution)
            .WithName("stats-distribution").WithSummary("How STK are spread over participants")
            .WithDescription("May be a minute old. The largest holders have a pseudonym, another in each report.")
            .WithTags(StatisticsTopic.Tag)
            .WithETag()
            .RequireAuthorization(Policy.ReadEconomy);
    }

    private static async Task<Ok<SupplyView>> Supply(HttpContext context, GrainCalls calls)
    {
        var supply = await calls.Read(
            grains => grains.GetGrain<IEmissionGrain>(0).GetSupply(context.RequestAborted), context.RequestAborted);
        var view = new SupplyView(
            supply.Genesis, supply.Year, supply.YearlyEmission, supply.Scheduled, supply.Emitted, supply.Burned,
            [.. supply.Funds.Select(fund => new FundItem(fund.Name, fund.Balance))], supply.Available, supply.Frozen,
            supply.Settling, supply.OnChain, supply.Reserved, supply.Circulating, supply.NextHalving, supply.At);
        // Its instant is that of the question: without it, the same supply has the same tag.
        context.Response.Headers.ETag = EntityTags.OfMeaning(
            JsonSerializer.SerializeToUtf8Bytes(view with { At = default }, StatisticsJson.Default.SupplyView));
        return TypedResults.Ok(view);
    }

    private static async Task<Ok<DistributionView>> Distribution(HttpContext context, GrainCalls calls)
    {
        var report = await calls.Read(
            grains => grains.GetGrain<IDistributionGrain>(0).GetReport(context.RequestAborted), context.RequestAborted);
        return TypedResults.Ok(new DistributionView(
            report.At,
            [.. report.Funds.Select(fund => new FundItem(fund.Name, fund.Balance))],
            report.Holders,
            [.. report.Classes.Select(size => new SizeClassItem(size.From, size.Below, size.Holders, size.ShareBp))],
            [.. report.Top.Select(holder => new HolderItem(holder.Pseudonym, holder.ShareBp))],
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.GiniTenThousandths / 10_000}.{report.GiniTenThousandths % 10_000:D4}")));
    }
}
