using System.Collections.Immutable;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Services;

namespace Stk.ApiHost.Pages;

/// <summary>What services have earned for whom they pay, by week and service.</summary>
internal static class SalesPages
{
    private const int OnPage = 100;
    private const int CursorCharactersMax = 512;

    public static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var frame = await PageFrames.Of(context);
        var cursor = context.Request.Query["cursor"] is [{ Length: > 0 and <= CursorCharactersMax } said] ? said : null;
        var page = await Read(context, frame, calls, cursor);
        if (!page.IsCursorValid)
        {
            page = await Read(context, frame, calls, null);
        }

        return new PageResult<Sales>(frame, new SalesModel(
            page.Sales, page.Next is { } next ? $"/sales?cursor={Uri.EscapeDataString(next)}" : null));
    }

    private static Task<SalesPage> Read(HttpContext context, PageFrame frame, GrainCalls calls, string? cursor) =>
        calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(frame.Subject!).GetSales(new(cursor, OnPage), attempt),
            context.RequestAborted);
}

/// <param name="Sales">Newest first.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record SalesModel(ImmutableArray<SaleView> Sales, string? Next);
