using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Notices;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Notices;

/// <summary>What a participant was told of.</summary>
internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        api.MapGet("/notices", Notices)
            .WithName("notices").WithSummary("What there was to tell, newest first")
            .WithDescription(
                "text says the same as values in the language of the preferences; it is plain text, and nothing in it is a "
                + "link. unread counts all that are not read, 1,000 at most.")
            .WithTags(NoticeTopic.Tag)
            .WithParticipant().WithPages()
            .WithQuery("unread", "true: only those that are not read; false: only those that are")
            .WithQuery(
                AskedParticipant.ReasonName,
                "For operators and auditors: why notes are to be shown, 1 to 280 characters. Without it there are none")
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapPost("/notices/{id}/read", Read)
            .WithName("notice-read").WithSummary("A notice is read")
            .WithTags(NoticeTopic.Tag)
            .Produces<InboxStateView>()
            .WithProblems(ProblemTypes.NotFound, ProblemTypes.OutcomeUnknown)
            .RequireAuthorization(Policy.Spend);
        api.MapPost("/notices/read", ReadThrough)
            .WithName("notices-read").WithSummary("A notice and all that came before it are read")
            .WithTags(NoticeTopic.Tag)
            .WithBody<ReadThroughBody>()
            .Produces<InboxStateView>()
            .WithProblems(ProblemTypes.NotFound)
            .RequireAuthorization(Policy.Spend);
        api.MapNoticeStream();
        api.MapPreferences();
        api.MapUnsubscribe();
    }

    private static async Task<Results<Ok<InboxView>, Problem>> Notices(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var page = parameters.Page();
        var isUnread = parameters.OptionalTruth("unread");
        var reason = context.ReasonForNotes(parameters);
        if (!(await context.Participant(parameters, calls, reason)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var request = new ListNotices(page, !isUnread, reason is not null || context.User.IsInRole(Role.Participant));
        var inbox = await calls.Read(
            (grains, attempt) => grains.GetGrain<INoticesGrain>(id).List(request, attempt), context.RequestAborted);
        return inbox.IsCursorValid
            ? TypedResults.Ok(new InboxView([.. inbox.Notices.Select(Item)], inbox.Unread, inbox.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    // Said again it is the same: no key is needed.
    private static async Task<IResult> Read(string id, HttpContext context, GrainCalls calls) =>
        UuidPath.TryParse(id, out var notice)
            ? await Mark(context, calls, (inbox, attempt) => inbox.Read(notice, attempt))
            : Problem.Invalid("id", UuidPath.Rule);

    private static Task<IResult> ReadThrough(HttpContext context, GrainCalls calls) => KeyedWrite.Unkeyed(
        context,
        body => body.Uuid("through"),
        (_, through) => Mark(context, calls, (inbox, attempt) => inbox.ReadThrough(through, attempt)));

    private static async Task<IResult> Mark(
        HttpContext context, GrainCalls calls, Func<INoticesGrain, CancellationToken, Task<bool>> mark)
    {
        var id = context.User.SubjectId();
        if (!await calls.Write(
            (grains, attempt) => mark(grains.GetGrain<INoticesGrain>(id), attempt), CancellationToken.None))
        {
            return Problem.NotFound();
        }

        var state = await calls.Read(
            (grains, attempt) => grains.GetGrain<INoticesGrain>(id).GetState(attempt), context.RequestAborted);
        return TypedResults.Ok(new InboxStateView(state.Unread, state.Latest));
    }

    private static NoticeItem Item(InboxNotice notice)
    {
        using var values = JsonDocument.Parse(notice.Values);
        return new(notice.Id, notice.Kind, notice.At, values.RootElement.Clone(), notice.Text, notice.IsRead);
    }
}
