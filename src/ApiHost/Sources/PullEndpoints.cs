using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Pulls;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Objections;
using Stk.Rules.Participants;
using Stk.Rules.Pulls;

namespace Stk.ApiHost.Sources;

/// <summary>What a source is asked for besides what is new: at once, of the past, of a whole week.</summary>
internal static class PullEndpoints
{
    public static void MapPulls(this IEndpointRouteBuilder admin)
    {
        admin.MapPost("/sources/{name}/pull", Pull)
            .WithName("admin-source-pull").WithSummary("Have a source asked now, not only when its turn comes")
            .WithTags(SharedTags.OperationName)
            .WithDescription("202: a silo asks it as soon as it can. A source that is paused is asked once it is not.")
            .WithBody<PullNowBody>().WithIdempotencyKey(isRequired: false)
            .Produces<PullAskedView>(StatusCodes.Status202Accepted)
            .WithProblems(SpendingProblems.UnknownSource, SourceProblems.NotPulled, ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapGet("/sources/{name}/backfills", ListBackfills)
            .WithName("admin-backfills").WithSummary("Stretches of the past that a source was asked for, newest first")
            .WithTags(SharedTags.OperationName)
            .Produces<BackfillsView>()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/sources/{name}/backfill", Backfill)
            .WithName("admin-backfill").WithSummary("Have a stretch of a source's past read")
            .WithTags(SharedTags.OperationName)
            .WithDescription(
                "202: it is read window by window, behind whatever is new, and goes on where it was after a silo's end or a "
                + "pause; doneTo says how far it is. What is stored already is a duplicate; events of sealed weeks are late.")
            .WithBody<BackfillBody>().WithIdempotencyKey(isRequired: false)
            .Produces<BackfillItem>(StatusCodes.Status202Accepted)
            .WithProblems(SpendingProblems.UnknownSource, SourceProblems.NotPulled, ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapGet("/sources/{name}/reconciliations", ListChecks)
            .WithName("admin-source-reconciliations").WithSummary("Weeks of a source that were held against what is stored")
            .WithTags(SharedTags.OperationName)
            .Produces<WeekChecksView>()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/sources/{name}/reconcile", Reconcile)
            .WithName("admin-source-reconcile").WithSummary("Have an open week held against what the source has of it")
            .WithTags(SharedTags.OperationName)
            .WithDescription(
                "202: the week is read as a whole, what is missing is taken in, what is taken back is taken back, and the figures "
                + "stand in reconciliations. It runs by itself before the source's watermark passes a week's end.")
            .WithBody<ReconcileBody>().WithIdempotencyKey(isRequired: false)
            .Produces<WeekCheckItem>(StatusCodes.Status202Accepted)
            .WithProblems(
                SpendingProblems.UnknownSource, SourceProblems.NotPulled, SourceProblems.WeekSealed,
                ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> ListBackfills(string name, GrainCalls calls, CancellationToken cancellation)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        var items = await calls.Read(
            grains => grains.GetGrain<IPullsGrain>(name).ListBackfills(cancellation), cancellation);
        return TypedResults.Ok(new BackfillsView([.. items.Select(Item)]));
    }

    private static async Task<IResult> ListChecks(string name, GrainCalls calls, CancellationToken cancellation)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        var items = await calls.Read(grains => grains.GetGrain<IPullsGrain>(name).ListChecks(cancellation), cancellation);
        return TypedResults.Ok(new WeekChecksView([.. items.Select(Item)]));
    }

    private static Task<IResult> Pull(string name, HttpContext context, GrainCalls calls) => Ask(
        name, "pull", context, calls, body => body.OptionalReason("reason"),
        (key, reason, grain, attempt) => grain.Pull(new(key, reason, context.User.SubjectId()), attempt),
        new("name", "must be pulled"), _ => TypedResults.Accepted((string?)null, new PullAskedView(name)));

    private static Task<IResult> Backfill(string name, HttpContext context, GrainCalls calls) => Ask(
        name, "backfill", context, calls,
        body =>
        {
            var (from, to) = (body.Instant("from"), body.Instant("to"));
            if (from != default && to != default && BackfillSpan.Check(from, to) is { } broken)
            {
                body.Object([broken]);
            }

            return (From: from, To: to, Reason: body.OptionalReason("reason"));
        },
        (key, sent, grain, attempt) => grain.Backfill(
            new(key, sent.From, sent.To, sent.Reason, context.User.SubjectId()), attempt),
        new("to", "must not lie ahead"),
        reply => TypedResults.Accepted((string?)null, Item(reply.Backfill!)));

    private static Task<IResult> Reconcile(string name, HttpContext context, GrainCalls calls) => Ask(
        name, "reconcile", context, calls,
        body => (Week: body.Week("week"), Reason: body.OptionalReason("reason")),
        (key, sent, grain, attempt) => grain.Check(
            new(key, sent.Week, sent.Reason, context.User.SubjectId()), attempt),
        new("week", "must have begun, and must not have ended before anything that the source is asked for"),
        reply => TypedResults.Accepted((string?)null, Item(reply.Check!)));

    private static async Task<IResult> Ask<T>(
        string name, string act, HttpContext context, GrainCalls calls, Func<JsonBody, T> members,
        Func<RequestKey, T, IPullsGrain, CancellationToken, Task<PullAskReply>> ask, Objection nothingThere,
        Func<PullAskReply, IResult> done)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        return await KeyedWrite.AnswerWithOwnKey(
            context, $"POST /admin/sources/{name}/{act}", members,
            async (key, sent) =>
            {
                var reply = await calls.Write(
                    key, (grains, attempt) => ask(key, sent, grains.GetGrain<IPullsGrain>(name), attempt));
                return reply.Verdict switch
                {
                    PullVerdict.Asked => context.Answer(reply.Key) is { } reused ? reused : done(reply),
                    PullVerdict.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
                    PullVerdict.UnknownSource => new Problem(SpendingProblems.UnknownSource),
                    PullVerdict.NotPulled => new Problem(SourceProblems.NotPulled),
                    PullVerdict.WeekSealed => new Problem(SourceProblems.WeekSealed),
                    _ => Problem.Invalid(nothingThere),
                };
            });
    }

    private static BackfillItem Item(BackfillView view) => new(
        view.Id, view.DoneTo == view.To ? "done" : "waiting", view.From, view.To, view.DoneTo, view.Found, view.Reason,
        view.AskedBy, view.AskedAt, view.LastError);

    private static WeekCheckItem Item(WeekCheckView view) => new(
        view.Id, view.Week, view.CheckedTo is null ? "waiting" : "done", view.Missing, view.TakenBack, view.Added,
        view.CheckedTo, view.Reason, view.AskedBy, view.AskedAt);
}
