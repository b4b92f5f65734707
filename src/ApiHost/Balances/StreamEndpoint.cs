using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Streams;

namespace Stk.ApiHost.Balances;

internal static class StreamEndpoint
{
    public static void AddBalanceStreams(this IServiceCollection services) => services.AddSingleton<BalanceStream>();

    public static void MapBalanceStream(this IEndpointRouteBuilder api)
    {
        // Its gauge is there before the first stream.
        api.ServiceProvider.GetRequiredService<OpenStreams>();
        api.MapGet("/balance/stream", Stream)
            .WithName("balance-stream").WithSummary("The balances as they change, as server-sent events")
            .WithDescription(
                "Events `balance`: id is the commit, data the balances as /balance answers them. The first is the state now, "
                + "or, with Last-Event-ID, the first that is newer; with one that the journal does not reach, the state now. An "
                + "empty Last-Event-ID is as none. A slow reader misses states in between, never the last. A "
                + "comment every 15 seconds of silence. It ends with the token, also where that is revoked; three at most for one subject.")
            .WithTags(BalanceTopic.Tag)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .WithParticipant()
            .WithHeader(StreamOpening.LastEvent, "The id of the last event that was read", "42")
            .WithProblems(BalanceProblems.TooManyStreams)
            // It stays open: it is counted by itself, by subject, and takes no place among requests that end.
            .DisableRateLimiting()
            .RequireAuthorization(Policy.ReadParticipant);
    }

    private static async Task<IResult> Stream(
        HttpContext context, GrainCalls calls, StreamOpening opening, BalanceStream stream)
    {
        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var id, out var problem)
            || !Seen(context.Request).IsRead(out var seen, out problem))
        {
            return problem;
        }

        return await opening.Open(
            context, "balance", BalanceProblems.TooManyStreams,
            (until, revoked) => stream.Send(context, id, seen, until, revoked));
    }

    // An EventSource that has had no id may send an empty one.
    private static Reading<long?> Seen(HttpRequest request) => request.Headers[StreamOpening.LastEvent] is [{ Length: 0 }]
        ? new Reading<long?>.Read(null)
        : request.SequenceHeader(StreamOpening.LastEvent);
}
