using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Notices;

/// <summary>What a participant was told of.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder api) => api.MapGet("/notices", Notices)
        .WithName("notices").WithSummary("What there was to tell, newest first")
        .WithTags(NoticeTopic.Tag)
        .WithParticipant().WithPages()
        .RequireAuthorization(Policy.ReadParticipant);

    private static async Task<Results<Ok<PageView<NoticeItem>>, Problem>> Notices(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(id).GetNotices(request, attempt), context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<NoticeItem>([.. page.Notices.Select(Item)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static NoticeItem Item(NoticeView notice)
    {
        using var values = JsonDocument.Parse(notice.Values);
        return new(notice.Id, notice.Kind, notice.At, values.RootElement.Clone(), notice.IsRead);
    }
}
