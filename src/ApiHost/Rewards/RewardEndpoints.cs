using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Rewards;

/// <summary>What the weeks gave a participant.</summary>
internal static class RewardEndpoints
{
    public static void MapRewards(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rewards", Rewards)
            .WithName("rewards").WithSummary("The weekly rewards, newest first")
            .WithTags(RewardTopic.Tag)
            .WithParticipant().WithPages()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapStatements();
    }

    private static async Task<Results<Ok<PageView<RewardItem>>, Problem>> Rewards(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(id).GetRewards(request, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<RewardItem>([.. page.Rewards.Select(Item)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static RewardItem Item(WeeklyRewardView reward) => new(
        reward.Week, reward.Level, reward.Streak, reward.Points, reward.Reward, reward.Available, reward.Frozen,
        reward.IsSettled, reward.Corrected);
}
