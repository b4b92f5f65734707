using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.RuleBooks;

namespace Stk.ApiHost.Participants;

/// <summary>Who a participant is in the economy, as the participant sees it.</summary>
internal static class SelfEndpoints
{
    public static void MapSelf(this IEndpointRouteBuilder api) =>
        api.MapGet("/me", Get)
            .WithName("me").WithSummary("Who I am here: level and its coefficient, exclusion, suspension")
            .WithDescription("A participant whom nobody has heard of yet is one of level 1, not registered.")
            .WithTags(SharedTags.SelfName)
            .Produces<SelfView>()
            .WithParticipant().WithETag()
            .RequireAuthorization(Policy.ReadParticipant);

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var standing = await calls.Read(
            grains => grains.GetGrain<IProfileGrain>(id).GetStanding(), context.RequestAborted);
        // Sources send no names yet: a person is called by the id.
        return TypedResults.Ok(new SelfView(
            id, id, standing.Level, standing.LevelName, new Coefficient(standing.CoefficientHundredths).ToString(),
            standing.IsExcluded, standing.IsSuspended, standing.RegisteredAt));
    }
}
