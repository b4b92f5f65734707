using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Activity;

/// <summary>What a participant has done in a week, and what became of each event.</summary>
internal static class OwnActivityEndpoints
{
    private const int MaxTypeCharacters = 100;

    public static void MapOwnActivity(this IEndpointRouteBuilder api) =>
        api.MapGet("/activity", List)
            .WithName("activity").WithSummary("The events of a week, newest first, each with what it gives")
            .WithDescription(
                "As things stand now: what was answered when an event came may be out of date. An outcome is counted, "
                + "over_limit (the day had no place left), late (its week was sealed), retracted (taken back by its source), "
                + "voided (taken out by two operators), ignored (of no weight, or of an excluded account) or applied.")
            .WithTags(EventTopic.Tag)
            .Produces<PageView<OwnEventItem>>()
            .WithParticipant().WithPages()
            .WithQuery("week", "An ISO week, 2025-W51", isRequired: true)
            .WithQuery("type", "Only events of this type, such as ExerciseSave")
            .RequireAuthorization(Policy.ReadParticipant);

    private static async Task<IResult> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var page = parameters.Page();
        var week = parameters.Week("week");
        var type = parameters.Text("type");
        if (parameters.Fault is null && type is { Length: 0 or > MaxTypeCharacters })
        {
            return Problem.Invalid("type", $"must be 1 to {MaxTypeCharacters} characters");
        }

        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var request = new ActivityRequest(week, page.Cursor, page.Limit, type);
        var shown = await calls.Read(
            (grains, attempt) => grains.GetGrain<IEarnerGrain>(id).GetActivity(request, attempt), context.RequestAborted);
        return shown.IsCursorValid
            ? TypedResults.Ok(new PageView<OwnEventItem>([.. shown.Events.Select(Item)], shown.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static OwnEventItem Item(OwnEvent one) =>
        new(one.Source, one.Uuid, one.Type, one.At, one.Outcome, one.Points, one.Place, one.Limit);
}
