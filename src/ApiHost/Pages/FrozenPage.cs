using System.Collections.Immutable;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Vesting;

namespace Stk.ApiHost.Pages;

/// <summary>What is frozen: for what, until when, and what is still to be said of it.</summary>
internal static class FrozenPage
{
    private const string Path = "/frozen";
    private const int OnPage = 50;
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

        var now = frame.Standing?.Now ?? frame.At;
        return new PageResult<Frozen>(frame, new FrozenModel(
            DateOnly.FromDateTime(now.UtcDateTime), page.Grants,
            page.Next is { } next ? $"{Path}?cursor={Uri.EscapeDataString(next)}" : null));
    }

    private static Task<GrantPage> Read(HttpContext context, PageFrame frame, GrainCalls calls, string? cursor) =>
        calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(frame.Subject!).GetGrants(new(cursor, OnPage), attempt),
            context.RequestAborted);
}

/// <param name="Today">By the economy's clock.</param>
/// <param name="Grants">Those that unlock last first.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
public sealed record FrozenModel(DateOnly Today, ImmutableArray<GrantView> Grants, string? Next);
