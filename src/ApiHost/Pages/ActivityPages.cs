using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Pages;

/// <summary>What was done in a week, and where it gave nothing, why.</summary>
internal static class ActivityPages
{
    private const string Path = "/activity";
    private const int OnPage = 50;
    private const int CursorCharactersMax = 512;
    private const int TypeCharactersMax = 100;
    private const int YearMin = 2000;
    private const int YearMax = 9000;

    public static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var frame = await PageFrames.Of(context);
        var query = context.Request.Query;
        var now = WeekId.Of(frame.Standing?.Now ?? frame.At);
        var week = now;
        if (query["week"] is [{ Length: > 0 } asked]
            && (!WeekId.TryParse(asked, out week) || week.Monday.Year is < YearMin or > YearMax))
        {
            return Problem.NotFound();
        }

        var type = query["type"] is [{ Length: > 0 and <= TypeCharactersMax } only] ? only : null;
        var cursor = query["cursor"] is [{ Length: > 0 and <= CursorCharactersMax } said] ? said : null;
        var page = await Read(context, frame, calls, new(week, cursor, OnPage, type));
        if (!page.IsCursorValid)
        {
            page = await Read(context, frame, calls, new(week, null, OnPage, type));
        }

        return new PageResult<ActivityList>(frame, new ActivityModel(
            week, IsNow: week == now, type, page.Events,
            page.Next is { } next ? Address(week, type, next) : null,
            Address(week.Previous, type, null), week < now ? Address(week.Next, type, null) : null));
    }

    /// <summary>Where the events of a week are.</summary>
    public static string Address(WeekId week, string? type = null, string? cursor = null) => QueryHelpers.AddQueryString(
        Path,
        new (string Name, string? Value)[] { ("week", week.ToString()), ("type", type), ("cursor", cursor) }
            .Where(field => field.Value is not null)
            .Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static Task<ActivityPage> Read(
        HttpContext context, PageFrame frame, GrainCalls calls, ActivityRequest request) =>
        calls.Read(
            (grains, attempt) => grains.GetGrain<IEarnerGrain>(frame.Subject!).GetActivity(request, attempt),
            context.RequestAborted);
}

/// <param name="IsNow">Whether it is the week that runs.</param>
/// <param name="Type">The one that is shown; null for all.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
/// <param name="Before">The week before.</param>
/// <param name="After">The week after; null where it has not come.</param>
public sealed record ActivityModel(
    WeekId Week, bool IsNow, string? Type, ImmutableArray<OwnEvent> Events, string? Next, string Before, string? After);
