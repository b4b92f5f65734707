using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Statistics;

namespace Stk.ApiHost.Statistics;

/// <summary>Sums over the whole economy.</summary>
internal static class TotalsEndpoints
{
    public static void MapTotals(this IEndpointRouteBuilder admin) =>
        admin.MapGet("/totals", Get)
            .WithName("admin-totals").WithSummary("Sums over the whole economy")
            .WithTags(StatisticsTopic.Tag)
            .RequireAuthorization(Policy.ReadAdmin);

    private static async Task<Ok<TotalsView>> Get(GrainCalls calls, CancellationToken cancellation)
    {
        var totals = await calls.Read(
            grains => grains.GetGrain<ITotalsGrain>(0).Read(cancellation), cancellation);
        var bySource = totals.Events.GroupBy(count => count.Source, StringComparer.Ordinal);
        return TypedResults.Ok(new TotalsView(
            totals.Weeks,
            totals.Participants,
            ByOutcome(totals.Events),
            bySource.ToImmutableSortedDictionary(source => source.Key, ByOutcome, StringComparer.Ordinal),
            totals.Emitted,
            totals.Paid,
            totals.Frozen,
            [.. totals.Funds.Select(fund => new FundItem(fund.Name, fund.Balance))],
            totals.Head));
    }

    private static ImmutableSortedDictionary<string, long> ByOutcome(IEnumerable<OutcomeCount> counts) => counts
        .GroupBy(count => count.Outcome, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(group => group.Key, group => group.Sum(count => count.Count), StringComparer.Ordinal);
}
