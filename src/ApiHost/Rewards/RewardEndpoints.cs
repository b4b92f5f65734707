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
    private const string Json = "application/json";

    public static void MapRewards(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rewards", Rewards)
            .WithName("rewards").WithSummary("The weekly rewards, newest first")
            .WithTags(RewardTopic.Tag)
            .WithParticipant().WithPages()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapGet("/rewards/weekly", Weekly)
            .WithName("rewards-weekly").WithSummary("The statement of one week")
            .WithTags(RewardTopic.Tag)
            .Produces<StatementView>()
            .WithParticipant().WithQuery("week", "An ISO week, 2025-W51", isRequired: true)
            .WithQuery("format", "json or text; absent where the header Accept says so")
            .WithProblems(ProblemTypes.NotAcceptable)
            .RequireAuthorization(Policy.ReadParticipant);
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

    private static async Task<IResult> Weekly(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var week = parameters.Week("week");
        var format = parameters.Text("format");
        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        if (format is not (null or "json") || (format is null && !context.Request.Admits(Json)))
        {
            return new Problem(ProblemTypes.NotAcceptable);
        }

        var statement = await calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(id).GetStatement(week, attempt),
            context.RequestAborted);
        return statement is null ? Problem.NotFound() : TypedResults.Bytes(statement, Json);
    }

    private static RewardItem Item(WeeklyRewardView reward) => new(
        reward.Week, reward.Level, reward.Streak, reward.Points, reward.Reward, reward.Available, reward.Frozen,
        reward.IsSettled);
}
