using System.Collections.Frozen;
using System.Diagnostics;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Weeks;

/// <summary>Weekly runs: watch one, close one, take its export.</summary>
internal static class WeekEndpoints
{
    private static readonly FrozenSet<string> Readers = FrozenSet.Create(StringComparer.Ordinal, "spreadsheet");

    public static void MapWeeks(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/weeks/{week}", Status)
            .WithName("admin-week").WithSummary("Where a weekly run stands")
            .WithTags(WeekTopic.Tag)
            .Produces<WeekView>()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/weeks/{week}/close", Close)
            .WithName("admin-week-close").WithSummary("Run at once all that remains of a week")
            .WithTags(WeekTopic.Tag)
            .WithBody<CloseBody>(isRequired: false).WithIdempotencyKey(isRequired: false)
            .WithDescription(
                "202: it runs. With a reason it is to go on although a required source is not complete, or it is beyond its bounds: "
                + "202 then says what waits for another operator, and the week has not changed.")
            .Produces<WeekView>()
            .Produces<WeekView>(StatusCodes.Status202Accepted)
            .WithAnswerHeader("Location", "Where the run stands, or what waits for a second operator")
            .WithProblems(WeekProblems.WeekNotClosable)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapGet("/weeks/{week}/export.csv", Export)
            .WithName("admin-week-export").WithSummary("The week's rewards as CSV: date,user_id,points")
            .WithTags(WeekTopic.Tag)
            .WithDescription(
                "Its bytes are sealed with the week, and are for machines. With for=spreadsheet the same rows for people: a "
                + "byte-order mark, cells parted by semicolons, and a ' before a cell that would be run as a formula.")
            .WithQuery("format", "csv; absent where the header Accept says so")
            .WithQuery("for", "spreadsheet, for a person who opens the file; absent for a machine")
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .WithProblems(ProblemTypes.NotFound, ProblemTypes.NotAcceptable)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapCorrections();
    }

    private static async Task<IResult> Status(string week, GrainCalls calls, CancellationToken cancellation)
    {
        if (!WeekId.TryParse(week, out var id))
        {
            return Problem.Invalid("week", WeekPath.Rule);
        }

        var status = await calls.Read(grains => Week(grains, id).GetStatus(), cancellation);
        return TypedResults.Ok(WeekView.Of(status));
    }

    private static async Task<IResult> Close(string week, HttpContext context, GrainCalls calls)
    {
        if (!WeekId.TryParse(week, out var id))
        {
            return Problem.Invalid("week", WeekPath.Rule);
        }

        return await KeyedWrite.AnswerIfKeyed(
            context, $"POST /admin/weeks/{id}/close", body => body.OptionalReason("reason"),
            async (key, reason) =>
            {
                // A second copy finds the run under way, or done: the week is its own id.
                var request = new CloseRequest(context.User.SubjectId(), reason, key);
                var reply = await calls.Write(grains => Week(grains, id).Close(request), CancellationToken.None);
                if (reply is CloseReply.Accepted { IsReplay: true })
                {
                    context.Response.SayReplayed();
                }

                return reply switch
                {
                    CloseReply.Waiting(var waiting, var isReplay) => context.Waiting(waiting, isReplay),
                    CloseReply.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
                    CloseReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
                    CloseReply.Accepted { Status: { Done: WeekStage.Settle } status } =>
                        TypedResults.Ok(WeekView.Of(status)),
                    CloseReply.Accepted accepted => TypedResults.Accepted(
                        $"{ApiAddress.Root}/admin/weeks/{id}", WeekView.Of(accepted.Status)),
                    CloseReply.Refused refused => new Problem(WeekProblems.WeekNotClosable)
                    {
                        Detail = $"{refused.Rule}. Nothing has changed.",
                    },
                    _ => throw new UnreachableException(),
                };
            },
            mayBeAbsent: true);
    }

    private static async Task<IResult> Export(string week, HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var format = parameters.Text("format");
        var isForPeople = parameters.OptionalWord("for", Readers) is not null;
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        if (!WeekId.TryParse(week, out var id))
        {
            return Problem.Invalid("week", WeekPath.Rule);
        }

        if (format is not (null or "csv") || (format is null && !context.Request.Admits("text/csv")))
        {
            return new Problem(ProblemTypes.NotAcceptable);
        }

        var first = await WeekExport.ReadPart(calls, id, null, context.RequestAborted);
        return first is null ? Problem.NotFound() : new WeekExport(calls, id, first, isForPeople);
    }

    private static IWeekGrain Week(GrainReferences grains, WeekId week) => grains.GetGrain<IWeekGrain>(week.ToString());
}
