using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Schedules;

namespace Stk.ApiHost.Clocks;

/// <summary>The economy's clock and the schedule that follows it.</summary>
internal static class ClockEndpoints
{
    private const string ClockAddress = ApiAddress.Root + "/admin/clock";

    public static void MapClock(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/clock", Get)
            .WithName("admin-clock").WithSummary("The clock, and how far due work has followed it")
            .WithTags(SharedTags.OperationName)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/clock", Set)
            .WithName("admin-clock-set").WithSummary("Move the manual clock; everything due on the way runs")
            .WithTags(SharedTags.OperationName)
            .WithDescription("Not in Production, and only where the clock is manual: 404 there.")
            .WithBody<ClockBody>().WithIdempotencyKey(isRequired: false)
            .Produces<ClockView>(StatusCodes.Status202Accepted)
            .WithProblems(ClockProblems.ClockBackwards, ClockProblems.ClockTooFar, ProblemTypes.NotFound)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/clock/stop", Stop)
            .WithName("admin-clock-stop").WithSummary("Leave the manual clock where it has come to")
            .WithTags(SharedTags.OperationName)
            .WithDescription("What runs there is done to its end. Not in Production, and only where the clock is manual: 404 there.")
            .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: false)
            .Produces<ClockView>(StatusCodes.Status202Accepted)
            .WithProblems(ProblemTypes.NotFound)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/schedule/resume", Resume)
            .WithName("admin-schedule-resume").WithSummary("Go on after a pause for a clock that could not be trusted")
            .WithTags(SharedTags.OperationName)
            .WithDescription("202: it waits for another operator. 200: nothing is paused.")
            .WithBody<ResumeBody>().WithIdempotencyKey(isRequired: false)
            .Produces<ClockView>().WithApproval()
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<Ok<ClockView>> Get(GrainCalls calls, CancellationToken cancellation)
    {
        var clock = await calls.Read(grains => grains.GetGrain<IScheduleGrain>(0).GetClock(), cancellation);
        return TypedResults.Ok(ClockView.Of(clock));
    }

    private static async Task<IResult> Set(HttpContext context, GrainCalls calls, IHostEnvironment environment)
    {
        if (environment.IsProduction())
        {
            return Problem.NotFound();
        }

        return await KeyedWrite.AnswerIfKeyed(
            context, "POST /admin/clock",
            body => (Now: body.Instant("now"), IsForced: body.OptionalBool("force") is true),
            async (key, sent) =>
            {
                // Set to where it stands already is no step back: a second copy is harmless.
                var request = new SetClockRequest(sent.Now, context.User.SubjectId(), key, sent.IsForced);
                return Answer(context, await calls.Write(
                    grains => grains.GetGrain<IClockGrain>(0).Set(request), CancellationToken.None));
            });
    }

    private static async Task<IResult> Stop(HttpContext context, GrainCalls calls, IHostEnvironment environment)
    {
        if (environment.IsProduction())
        {
            return Problem.NotFound();
        }

        return await KeyedWrite.AnswerIfKeyed(
            context, "POST /admin/clock/stop", body => body.Reason("reason"),
            async (key, reason) =>
            {
                var request = new StopClockRequest(context.User.SubjectId(), reason, key);
                return Answer(context, await calls.Write(
                    request.Key, (grains, _) => grains.GetGrain<IClockGrain>(0).Stop(request)));
            });
    }

    private static IResult Answer(HttpContext context, SetClockReply reply)
    {
        if (reply is SetClockReply.Moving { IsReplay: true })
        {
            context.Response.SayReplayed();
        }

        return reply switch
        {
            SetClockReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
            SetClockReply.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
            SetClockReply.Moving moving => TypedResults.Accepted(ClockAddress, ClockView.Of(moving.Status)),
            SetClockReply.Backwards => new Problem(ClockProblems.ClockBackwards),
            SetClockReply.TooFar => new Problem(ClockProblems.ClockTooFar),
            SetClockReply.NotManual => Problem.NotFound(),
            _ => throw new UnreachableException(),
        };
    }

    private static Task<IResult> Resume(HttpContext context, GrainCalls calls) => KeyedWrite.AnswerIfKeyed(
        context, "POST /admin/schedule/resume", body => body.Reason("reason"),
        async (key, reason) =>
        {
            var request = new ResumeRequest(context.User.SubjectId(), reason, key);
            var reply = await calls.Write(
                request.Key, (grains, _) => grains.GetGrain<IScheduleGrain>(0).ResumeBy(request));
            return context.Answer(reply.Key) is { } reused ? reused
                : reply.IsOperatorUnknown ? new Problem(ProblemTypes.OperatorUnknown)
                : reply.Waiting is { } waiting ? context.Waiting(waiting, isReplay: false) // said already
                : TypedResults.Ok(ClockView.Of(reply.Status));
        });
}
