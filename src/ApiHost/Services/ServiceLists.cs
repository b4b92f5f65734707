using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Services;

namespace Stk.ApiHost.Services;

/// <summary>The catalogue by pages, whoever asks.</summary>
internal static class ServiceLists
{
    /// <param name="isWhole">Also the proposed and the withdrawn.</param>
    public static async Task<Results<Ok<PageView<ServiceItem>>, Problem>> Page(
        HttpContext context, GrainCalls calls, bool isWhole)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<ICatalogueGrain>(0).Page(isWhole, request, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<ServiceItem>([.. page.Services.Select(ServiceItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }
}
