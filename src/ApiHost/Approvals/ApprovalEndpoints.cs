using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Approvals;
using Stk.Rules.Approvals;

namespace Stk.ApiHost.Approvals;

/// <summary>The one desk for what takes two persons.</summary>
internal static class ApprovalEndpoints
{
    public static void MapApprovals(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/approvals", List)
            .WithName("admin-approvals").WithSummary("What takes two persons, newest first")
            .WithTags(ApprovalTopic.Tag)
            .WithPages().WithQuery("state", "Only what is waiting, approved, rejected or expired")
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapGet("/approvals/{id}", Get)
            .WithName("admin-approval").WithSummary("One act that takes two persons")
            .WithTags(ApprovalTopic.Tag)
            .WithProblems(SpendingProblems.UnknownApproval)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/approvals/{id}/approve", (string id, HttpContext context, GrainCalls calls) =>
                Decide(id, isApproved: true, "approve", context, calls))
            .WithName("admin-approval-approve").WithSummary("Approve, as another person, and do it")
            .WithDecision()
            .WithProblems(
                SpendingProblems.ActOutdated, SpendingProblems.ActNotPossible, SpendingProblems.InsufficientFunds,
                SpendingProblems.BalanceTooLarge, SpendingProblems.RecipientHasSpent, SpendingProblems.AlreadyRefunded,
                SpendingProblems.ParticipantSuspended, SpendingProblems.EvidenceContradicts,
                SpendingProblems.MintBeyondIssued, SpendingProblems.FloatFull, SpendingProblems.BurnBeyondBurned);
        admin.MapPost("/approvals/{id}/reject", (string id, HttpContext context, GrainCalls calls) =>
                Decide(id, isApproved: false, "reject", context, calls))
            .WithName("admin-approval-reject").WithSummary("Reject, as another person")
            .WithDecision();
    }

    private static RouteHandlerBuilder WithDecision(this RouteHandlerBuilder endpoint) => endpoint
        .WithTags(ApprovalTopic.Tag)
        .WithBody<ReasonBody>()
        .Produces<ApprovalItem>()
        .WithIdempotencyKey(isRequired: true)
        .WithProblems(
            SpendingProblems.NeedsSecondApproval, SpendingProblems.UnknownApproval, SpendingProblems.AlreadyDecided)
        .RequireAuthorization(Policy.WriteAdmin);

    private static async Task<Results<Ok<PageView<ApprovalItem>>, Problem>> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        var word = parameters.OptionalWord("state", ApprovalItem.States.Keys.ToHashSet(StringComparer.Ordinal));
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        ApprovalState? state = word is null ? null : ApprovalItem.States[word];
        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IApprovalsGrain>(0).List(request, state, attempt), context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<ApprovalItem>([.. page.Approvals.Select(ApprovalItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static async Task<Results<Ok<ApprovalItem>, Problem>> Get(string id, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var approval))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        var found = await calls.Read(
            (grains, attempt) => grains.GetGrain<IApprovalsGrain>(0).Get(approval, attempt), context.RequestAborted);
        return found is null ? new Problem(SpendingProblems.UnknownApproval) : TypedResults.Ok(ApprovalItem.Of(found));
    }

    private static async Task<IResult> Decide(
        string id, bool isApproved, string verb, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var approval))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.AnswerReasoned(context, $"POST /admin/approvals/{approval}/{verb}", async (key, reason) =>
        {
            var request = new DecideApprovalRequest(key, approval, isApproved, reason, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<IApprovalsGrain>(0).Decide(request, attempt), CancellationToken.None);
            return context.Answer(reply, decided => TypedResults.Ok(ApprovalItem.Of(decided)));
        });
    }
}
