using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.RuleBooks;

namespace Stk.ApiHost.Rewards;

/// <summary>Where a participant stands today and this week.</summary>
internal static class LimitEndpoints
{
    public static void MapLimits(this IEndpointRouteBuilder api)
    {
        api.MapGet("/limits", Limits)
            .WithName("limits").WithSummary("Today's limits and this week's points so far")
            .WithTags(RewardTopic.Tag)
            .WithParticipant().WithETag()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapGet("/streak", Streak)
            .WithName("streak").WithSummary("Weeks in a row and what they multiply")
            .WithTags(RewardTopic.Tag)
            .WithParticipant().WithETag()
            .RequireAuthorization(Policy.ReadParticipant);
    }

    private static async Task<Results<Ok<LimitsView>, Problem>> Limits(HttpContext context, GrainCalls calls)
    {
        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var limits = await calls.Read(
            grains => grains.GetGrain<IEarnerGrain>(id).GetLimits(), context.RequestAborted);
        return TypedResults.Ok(new LimitsView(
            limits.Day, limits.Week, [.. limits.Limits.Select(Item)], limits.PointsToday, limits.PointsThisWeek,
            limits.ProjectedReward));
    }

    private static async Task<Results<Ok<StreakView>, Problem>> Streak(HttpContext context, GrainCalls calls)
    {
        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var streak = await calls.Read(
            grains => grains.GetGrain<IEarnerGrain>(id).GetStreak(), context.RequestAborted);
        return TypedResults.Ok(new StreakView(
            streak.Week, streak.WeeksInRow, streak.IsThisWeekActive,
            new Coefficient(streak.CoefficientHundredths).ToString(),
            new Coefficient(streak.NextCoefficientHundredths).ToString()));
    }

    private static LimitItem Item(LimitView limit) => new(
        limit.Type, limit.Weight, limit.Limit, limit.Received, limit.Counted, Math.Max(0, limit.Limit - limit.Counted));
}
