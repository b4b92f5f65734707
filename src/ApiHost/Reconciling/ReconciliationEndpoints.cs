using System.Diagnostics;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Reconciling;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Approvals;

namespace Stk.ApiHost.Reconciling;

/// <summary>Whether ledger and chain are equal: for anybody, and for operators, who make good what is not.</summary>
internal static class ReconciliationEndpoints
{
    public static void MapReserves(this IEndpointRouteBuilder api) =>
        api.MapGet("/stats/reserves", GetReserves)
            .WithName("stats-reserves").WithSummary("What is on chain and in the ledger, and whether they are equal")
            .WithDescription("As they were reconciled last, at most some hour ago. For anybody: it needs no token.")
            .WithTags(ReconciliationTopic.Tag)
            .Produces<ReservesView>()
            .AllowAnonymous();

    public static void MapReconciliations(this IEndpointRouteBuilder admin)
    {
        admin.MapPost("/settlement/reconcile", Ask)
            .WithName("admin-settlement-reconcile").WithSummary("Ask for a reconciliation")
            .WithDescription("It is done within a minute, where the chain answers, and stands in the list then.")
            .WithTags(ReconciliationTopic.Tag)
            .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true)
            .Produces<ReconcileView>(StatusCodes.Status202Accepted)
            .WithProblems(ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapGet("/settlement/reconciliations", List)
            .WithName("admin-settlement-reconciliations")
            .WithSummary("Ledger and chain held against each other, newest first")
            .WithTags(ReconciliationTopic.Tag)
            .Produces<PageView<ReconciliationItem>>()
            .WithPages()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapGet("/settlement/differences", ListDifferences)
            .WithName("admin-settlement-differences").WithSummary("What ledger and chain differ in, the oldest first")
            .WithTags(ReconciliationTopic.Tag)
            .Produces<DifferencesView>()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/settlement/differences/{id}/cover", Cover)
            .WithName("admin-settlement-cover").WithSummary("Make a difference good from the treasury")
            .WithDescription("It waits for another person, whose own call of the same approves it.")
            .WithTags(ReconciliationTopic.Tag)
            .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true)
            .Produces<ApprovalItem>()
            .WithApproval()
            .WithProblems(
                SpendingProblems.UnknownDifference, SpendingProblems.InsufficientFunds, SpendingProblems.ActNotPossible,
                SpendingProblems.ActOutdated, SpendingProblems.AlreadyDecided, SpendingProblems.NeedsSecondApproval,
                ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> GetReserves(HttpContext context, GrainCalls calls)
    {
        var last = await calls.Read(
            (grains, attempt) => grains.GetGrain<IReconciliationDeskGrain>(0).GetReserves(attempt), context.RequestAborted);
        return last?.Sums is { } sums
            ? TypedResults.Ok(ReservesView.Of(sums))
            : new Problem(ProblemTypes.Unavailable)
            {
                Detail = "Ledger and chain were not held against each other yet.",
            };
    }

    private static Task<IResult> Ask(HttpContext context, GrainCalls calls) => KeyedWrite.AnswerReasoned(
        context, "POST /admin/settlement/reconcile", async (key, reason) =>
        {
            var request = new ReconcileRequest(key, reason, context.User.SubjectId());
            var reply = await calls.Write(
                key, (grains, attempt) => grains.GetGrain<IReconciliationDeskGrain>(0).Ask(request, attempt));
            if (reply is ReconcileReply.Asked { IsReplay: true })
            {
                context.Response.SayReplayed();
            }

            return reply switch
            {
                ReconcileReply.Asked => TypedResults.Accepted(
                    $"{ApiAddress.Root}/admin/settlement/reconciliations", new ReconcileView(Asked: true)),
                ReconcileReply.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
                ReconcileReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
                _ => throw new UnreachableException(),
            };
        });

    private static async Task<IResult> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IReconciliationDeskGrain>(0).List(request, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<ReconciliationItem>(
                [.. page.Reconciliations.Select(ReconciliationItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static async Task<IResult> ListDifferences(HttpContext context, GrainCalls calls) =>
        TypedResults.Ok(new DifferencesView(
        [
            .. (await calls.Read(
                (grains, attempt) => grains.GetGrain<IReconciliationDeskGrain>(0).ListDifferences(attempt),
                context.RequestAborted)).Select(DifferenceItem.Of),
        ]));

    private static async Task<IResult> Cover(string id, HttpContext context, GrainCalls calls) =>
        !UuidPath.TryParse(id, out var difference)
            ? Problem.Invalid("id", UuidPath.Rule)
            : await KeyedWrite.AnswerReasoned(
                context, $"POST /admin/settlement/differences/{difference}/cover", async (key, reason) =>
                {
                    var request = new CoverDifferenceRequest(key, difference, reason, context.User.SubjectId());
                    var reply = await calls.Write(
                        (grains, attempt) => grains.GetGrain<IReconciliationDeskGrain>(0).Cover(request, attempt),
                        CancellationToken.None);
                    return reply is SpendingReply<ApprovalView>.Done { View.State: ApprovalState.Approved }
                        ? context.Answer(reply, approved => TypedResults.Ok(ApprovalItem.Of(approved)))
                        : context.Waiting(reply);
                });
}
