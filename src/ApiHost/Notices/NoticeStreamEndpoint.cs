using Stk.ApiHost.Authentication;
using Stk.ApiHost.Balances;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Streams;

namespace Stk.ApiHost.Notices;

internal static class NoticeStreamEndpoint
{
    public static void AddNoticeStreams(this IServiceCollection services) => services.AddSingleton<NoticeStream>();

    public static void MapNoticeStream(this IEndpointRouteBuilder api) => api.MapGet("/notices/stream", Stream)
        .WithName("notices-stream").WithSummary("How much is unread, as server-sent events")
        .WithDescription(
            "Events `notices`: data is unread and the latest notice's id. The first is the state now, unless Last-Event-ID is "
            + "that state's; then each that is different, within some seconds. It ends with the token, as the balance's does; "
            + "three at most for one subject.")
        .WithTags(NoticeTopic.Tag)
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .WithParticipant()
        .WithHeader(StreamOpening.LastEvent, "The id of the last event that was read", "3.0190c2f000007000800000000000000a")
        .WithProblems(BalanceProblems.TooManyStreams)
        // It stays open: it is counted by itself, by subject, and takes no place among requests that end.
        .DisableRateLimiting()
        .RequireAuthorization(Policy.ReadParticipant);

    private static async Task<IResult> Stream(
        HttpContext context, GrainCalls calls, StreamOpening opening, NoticeStream stream)
    {
        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var seen = context.Request.Headers[StreamOpening.LastEvent].ToString();
        return await opening.Open(
            context, "notices", BalanceProblems.TooManyStreams,
            (until, revoked) => stream.Send(context, id, seen, until, revoked));
    }
}
