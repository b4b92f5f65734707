using System.Globalization;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Balances;

internal static class StreamEndpoint
{
    private const string LastEvent = "Last-Event-ID";

    public static void AddBalanceStreams(this IServiceCollection services)
    {
        services.AddOptions<StreamOptions>()
            .BindConfiguration(StreamOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<BalanceStream>();
    }

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
            .WithHeader(LastEvent, "The id of the last event that was read", "42")
            .WithProblems(BalanceProblems.TooManyStreams)
            // It stays open: it is counted by itself, by subject, and takes no place among requests that end.
            .DisableRateLimiting()
            .RequireAuthorization(Policy.ReadParticipant);
    }

    private static async Task<IResult> Stream(
        HttpContext context, GrainCalls calls, OpenStreams streams, BalanceStream stream, RevocationCache revocations)
    {
        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var id, out var problem)
            || !Seen(context.Request).IsRead(out var seen, out problem))
        {
            return problem;
        }

        using var place = streams.TryOpen(Subject(context));
        if (place is null)
        {
            return new Problem(BalanceProblems.TooManyStreams) { RetryAfterSeconds = 1 };
        }

        using var revoked = new CancellationTokenSource();
        using var watch = revocations.OnEnd(TokenStanding.Identity(context.User), revoked.Cancel);
        await stream.Send(context, id, seen, TokenEnd(context), revoked.Token);
        return TypedResults.Empty;
    }

    // An EventSource that has had no id may send an empty one.
    private static Reading<long?> Seen(HttpRequest request) => request.Headers[LastEvent] is [{ Length: 0 }]
        ? new Reading<long?>.Read(null)
        : request.SequenceHeader(LastEvent);

    // A role beside it, so that a participant's streams are not an operator's of the same name.
    private static string Subject(HttpContext context) =>
        $"{context.User.FindFirst(TokenRules.RoleClaim)?.Value}:{context.User.SubjectId()}";

    private static DateTimeOffset TokenEnd(HttpContext context) =>
        long.TryParse(context.User.FindFirst("exp")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) + TokenRules.Skew
            : throw new InvalidOperationException("a token without an end passed");
}
