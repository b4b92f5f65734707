using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;

namespace Stk.ApiHost.Inactivity;

/// <summary>What a participant may know of redistribution, and say against it.</summary>
internal static class InactivityEndpoints
{
    public static void MapRedistribution(this IEndpointRouteBuilder api)
    {
        api.MapGet("/redistribution", Get)
            .WithName("redistribution").WithSummary("What inactivity would cost, what it has cost, and how it comes back")
            .WithTags(InactivityTopic.Tag)
            .Produces<RedistributionView>()
            .WithParticipant()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapPost("/redistribution/{quarter}/appeal", Appeal)
            .WithName("redistribution-appeal").WithSummary("Appeal against what a quarter takes")
            .WithDescription(
                "From the first warning to the thirtieth day after the debit, once a quarter. While it is open nothing is taken.")
            .WithTags(InactivityTopic.Tag)
            .WithBody<AppealBody>().WithIdempotencyKey(isRequired: false)
            .Produces<AppealReceipt>(StatusCodes.Status201Created)
            .WithProblems(
                InactivityProblems.NotWarned, InactivityProblems.AppealTooLate, InactivityProblems.AlreadyAppealed)
            .RequireAuthorization(Policy.Spend);
    }

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var reply = await calls.Read(
            (grains, attempt) => grains.GetGrain<IInactiveGrain>(id).GetRedistribution(attempt), context.RequestAborted);
        return TypedResults.Ok(RedistributionView.Of(reply));
    }

    private static async Task<IResult> Appeal(string quarter, HttpContext context, GrainCalls calls)
    {
        if (!QuarterId.TryParse(quarter, out var id))
        {
            return Problem.Invalid("quarter", QuarterPath.Rule);
        }

        return await KeyedWrite.AnswerWithOwnKey(
            context, $"POST /redistribution/{id}/appeal",
            body =>
            {
                var text = body.Text("text");
                if (Appeals.Broken(text) is { } rule)
                {
                    body.Object("text", rule);
                }

                return text;
            },
            async (key, text) =>
            {
                var request = new AppealRequest(key, id.Number, text);
                var reply = await calls.Write(
                    (grains, attempt) => grains.GetGrain<IInactiveGrain>(context.User.SubjectId()).Appeal(request, attempt),
                    CancellationToken.None);
                if (reply is AppealReply.Done { IsReplay: true })
                {
                    context.Response.SayReplayed();
                }

                return reply switch
                {
                    AppealReply.Done done => TypedResults.Created(
                        (string?)null, new AppealReceipt(done.Id, id.ToString(), done.Sum, done.At)),
                    AppealReply.Refused { Reason: AppealRefusal.NotWarned } => new Problem(InactivityProblems.NotWarned),
                    AppealReply.Refused { Reason: AppealRefusal.TooLate } => new Problem(InactivityProblems.AppealTooLate),
                    AppealReply.Refused { Reason: AppealRefusal.AlreadyAppealed } =>
                        new Problem(InactivityProblems.AlreadyAppealed),
                    AppealReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
                    _ => throw new UnreachableException(),
                };
            });
    }
}
