using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Participants;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Vesting;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;

namespace Stk.ApiHost.Vesting;

/// <summary>Frozen rewards: what a participant has, and what operators decide.</summary>
internal static class VestingEndpoints
{
    private static readonly FrozenDictionary<string, GrantState> States =
        Enum.GetValues<GrantState>().ToFrozenDictionary(state => state.WireName(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Verdict> Words =
        Enum.GetValues<Verdict>().ToFrozenDictionary(verdict => verdict.WireName(), StringComparer.Ordinal);

    public static void MapVesting(this IEndpointRouteBuilder api) => api.MapGet("/vesting", Own)
        .WithName("vesting").WithSummary("Frozen rewards: why, until when, and what is said of their events")
        .WithDescription("Those that unlock last come first.")
        .WithTags(VestingTopic.Tag)
        .WithParticipant().WithPages()
        .RequireAuthorization(Policy.ReadParticipant);

    public static void MapVestingAdmin(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/vesting", List)
            .WithName("admin-vesting").WithSummary("Everybody's frozen rewards in one state")
            .WithDescription("Open ones by their unlock day, decided ones newest first. Waiting ones want evidence, or an operator's word.")
            .WithTags(VestingTopic.Tag)
            .WithPages().WithQuery("state", "frozen, waiting, released or cancelled", isRequired: true)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/vesting/{id}/decision", Decide)
            .WithName("admin-vesting-decision").WithSummary("Release or cancel a frozen reward, for good")
            .WithDescription("It can be cancelled at any time before it is decided, and released from its unlock day on. 202: above what one signature may give, it waits for another operator.")
            .WithTags(VestingTopic.Tag)
            .WithBody<VerdictBody>().WithIdempotencyKey(isRequired: true)
            .Produces<OwnedGrantItem>().WithApproval()
            .WithProblems(
                ProblemTypes.NotFound, VestingProblems.GrantDecided, VestingProblems.GrantFrozen, SpendingProblems.OwnAffair)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapGet("/vesting/export.csv", Export)
            .WithName("admin-vesting-export").WithSummary("What was decided in these days, as CSV")
            .WithDescription(
                "Both days are included: decided_on,user_id,week,type,vests_days,amount,released,cancelled, by day, id, week, the "
                + "rule book's order, days. Week and type are empty for what a fund's spending had frozen.")
            .WithTags(VestingTopic.Tag)
            .WithQuery("from", "A day, 2025-12-18", isRequired: true).WithQuery("to", "A day, included", isRequired: true)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .WithProblems(ProblemTypes.NotAcceptable)
            .RequireAuthorization(Policy.ReadAdmin);
    }

    private static Task<Results<Ok<PageView<GrantItem>>, Problem>> Own(HttpContext context, GrainCalls calls) =>
        OwnPage.Of(context).Answer(
            calls, (records, request, attempt) => records.GetGrants(request, attempt),
            page => page.IsCursorValid ? new PageView<GrantItem>([.. page.Grants.Select(GrantItem.Of)], page.Next) : null);

    private static async Task<Results<Ok<PageView<OwnedGrantItem>>, Problem>> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        var state = parameters.Word("state", States);
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IVestingGrain>(0).GetGrants(request, state, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<OwnedGrantItem>([.. page.Grants.Select(OwnedGrantItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static Task<IResult> Decide(string id, HttpContext context, GrainCalls calls) => KeyedWrite.Answer(
        context, $"POST /admin/vesting/{id}/decision",
        body => (Verdict: body.Word("verdict", Words), Reason: body.Reason("reason")),
        async (key, sent) =>
        {
            var request = new DecideGrantRequest(key, id, sent.Verdict, sent.Reason, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<IVestingGrain>(0).Decide(request, attempt), CancellationToken.None);
            return Answer(context, reply);
        });

    private static IResult Answer(HttpContext context, DecideGrantReply reply)
    {
        switch (reply)
        {
            case DecideGrantReply.Done done:
                if (done.IsReplay)
                {
                    context.Response.SayReplayed();
                }

                return TypedResults.Ok(OwnedGrantItem.Of(done.Grant));
            case DecideGrantReply.Waiting waiting:
                return context.Waiting(waiting.Approval, waiting.IsReplay);
            case DecideGrantReply.OperatorUnknown:
                return new Problem(ProblemTypes.OperatorUnknown);
            case DecideGrantReply.OwnAffair:
                return new Problem(SpendingProblems.OwnAffair);
            case DecideGrantReply.Unknown:
                return Problem.NotFound();
            case DecideGrantReply.AlreadyDecided:
                return new Problem(VestingProblems.GrantDecided);
            case DecideGrantReply.StillFrozen frozen:
                return new Problem(VestingProblems.GrantFrozen)
                {
                    Detail = FormattableString.Invariant(
                        $"It unlocks on {frozen.UnlocksOn:yyyy-MM-dd}. Nothing has changed."),
                };
            case DecideGrantReply.KeyReused:
                return new Problem(ProblemTypes.IdempotencyKeyReused);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<IResult> Export(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var (from, to) = parameters.Days("from", "to");
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        if (!context.Request.Admits("text/csv"))
        {
            return new Problem(ProblemTypes.NotAcceptable);
        }

        return new VestingFile(calls, from, to, await VestingFile.ReadPart(calls, from, to, null, context.RequestAborted));
    }
}
