using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.Rules.Runs;

namespace Stk.ApiHost.Schedules;

/// <summary>Due work: what was done and when, what comes, and an operator's word on it.</summary>
internal static class ScheduleEndpoints
{
    private const int SubjectMax = 32;

    public static void MapSchedule(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/schedule", Get)
            .WithName("admin-schedule").WithSummary("What runs, what was done and when it was due, and what comes")
            .WithTags(SharedTags.OperationName)
            .Produces<ScheduleView>()
            .WithPages()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/schedule/run", Run)
            .WithName("admin-schedule-run").WithSummary("Try again what is due")
            .WithDescription("Nothing can be run early. What is due before it is done first.")
            .WithTags(SharedTags.OperationName)
            .WithBody<RunWorkBody>().WithIdempotencyKey(isRequired: false)
            .Produces<ComingItem>(StatusCodes.Status202Accepted)
            .WithProblems(ScheduleProblems.NotDue, ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/schedule/skip", Skip)
            .WithName("admin-schedule-skip").WithSummary("Skip a piece of work, for good")
            .WithDescription(
                "Emission, the stages of a week and vesting are never skipped. A quarter whose run is skipped is over: it takes "
                + "nothing.")
            .WithTags(SharedTags.OperationName)
            .WithBody<SkipWorkBody>().WithIdempotencyKey(isRequired: true)
            .Produces<ComingItem>()
            .WithProblems(ScheduleProblems.NotSkippable, ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var reply = await calls.Read(
            (grains, attempt) => grains.GetGrain<IScheduleGrain>(0).GetSchedule(request, attempt), context.RequestAborted);
        return reply.IsCursorValid
            ? TypedResults.Ok(ScheduleView.Of(reply))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static Task<IResult> Run(HttpContext context, GrainCalls calls) => KeyedWrite.AnswerIfKeyed(
        context, "POST /admin/schedule/run", body => (Kind: body.Word("kind", DueKinds.All), Subject: Subject(body)),
        async (key, sent) =>
        {
            var request = new RunWorkRequest(key, sent.Kind, sent.Subject, context.User.SubjectId());
            var reply = await calls.Write(
                request.Key, (grains, _) => grains.GetGrain<IScheduleGrain>(0).RunBy(request));
            return Answer(context, reply, item => TypedResults.Accepted(ApiAddress.Root + "/admin/schedule", item));
        });

    private static Task<IResult> Skip(HttpContext context, GrainCalls calls) => KeyedWrite.Answer(
        context, "POST /admin/schedule/skip",
        body => (Kind: body.Word("kind", DueKinds.All), Subject: Subject(body), Reason: body.Reason("reason")),
        async (key, sent) =>
        {
            var request = new SkipWorkRequest(key, sent.Kind, sent.Subject, sent.Reason, context.User.SubjectId());
            var reply = await calls.Write(
                request.Key, (grains, _) => grains.GetGrain<IScheduleGrain>(0).SkipBy(request));
            return Answer(context, reply, item => TypedResults.Ok(item));
        });

    private static string Subject(JsonBody body)
    {
        var subject = body.Text("subject");
        if (subject.Length is 0 or > SubjectMax)
        {
            body.Object("subject", "must be as the schedule shows it, such as 2025-W51");
        }

        return subject;
    }

    private static IResult Answer(HttpContext context, WorkReply reply, Func<ComingItem, IResult> done)
    {
        if (reply is WorkReply.Done { IsReplay: true })
        {
            context.Response.SayReplayed();
        }

        return reply switch
        {
            WorkReply.Done { Work: var work } => done(ComingItem.Of(work)),
            WorkReply.NotDue => new Problem(ScheduleProblems.NotDue),
            WorkReply.NotSkippable => new Problem(ScheduleProblems.NotSkippable),
            WorkReply.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
            WorkReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
            _ => throw new UnreachableException(),
        };
    }
}
