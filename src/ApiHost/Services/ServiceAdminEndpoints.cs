using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Spending;

namespace Stk.ApiHost.Services;

/// <summary>The whole catalogue, and purchases, for operators.</summary>
internal static class ServiceAdminEndpoints
{
    public static void MapServiceAdmin(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/services", List)
            .WithName("admin-services").WithSummary("Every service, also the proposed and the withdrawn, by id")
            .WithDescription("Several providers may propose under one id: each proposal is an item of its own.")
            .WithTags(ServiceTopic.Tag)
            .WithPages().WithETag()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPut("/services/{id}", (string id, HttpContext context, GrainCalls calls) =>
                ServiceChanges.Put(id, $"PUT /admin/services/{id}", context, calls))
            .WithName("admin-service-put").WithSummary("Make a service, or its next version, and say whose it is")
            .WithDescription("It stands at once. What anybody proposes under the id ends.")
            .WithTags(ServiceTopic.Tag)
            .WithBody<ServiceBody>()
            .Produces<ServiceItem>().Produces<ServiceItem>(StatusCodes.Status201Created)
            .WithIdempotencyKey(isRequired: false).WithIfMatch()
            .WithProblems(ServiceProblems.ServiceChanged, ProblemTypes.SplitNotWhole, SpendingProblems.OwnAffair)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/services/{id}/admit", (string id, HttpContext context, GrainCalls calls) =>
                ServiceChanges.SetState(id, isAdmitted: true, $"POST /admin/services/{id}/admit", context, calls))
            .WithName("admin-service-admit").WithSummary("Let a service be bought, as it was read")
            .WithStateChange().WithIfMatch(isRequired: true).WithProblems(ProblemTypes.PreconditionRequired);
        admin.MapPost("/services/{id}/withdraw", (string id, HttpContext context, GrainCalls calls) =>
                ServiceChanges.SetState(id, isAdmitted: false, $"POST /admin/services/{id}/withdraw", context, calls))
            .WithName("admin-service-withdraw").WithSummary("Let a service be bought no more")
            .WithStateChange().WithIfMatch();
        admin.MapGet("/purchases/{id}", Purchase)
            .WithName("admin-purchase").WithSummary("One purchase, whoever's")
            .WithTags(ServiceTopic.Tag)
            .WithProblems(SpendingProblems.UnknownPurchase, ProblemTypes.TracesUnavailable)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/purchases/{id}/refund", Refund)
            .WithName("admin-purchase-refund").WithSummary("Take a purchase back: the exact reverse, once")
            .WithDescription(
                "The entitlement ends in the same commit. 202: above what one signature may give in seven days, it waits for "
                + "another operator.")
            .WithTags(ServiceTopic.Tag)
            .WithBody<ReasonBody>()
            .Produces<RefundReceipt>(StatusCodes.Status201Created).WithApproval()
            .WithIdempotencyKey(isRequired: true)
            .WithProblems(
                SpendingProblems.UnknownPurchase, SpendingProblems.AlreadyRefunded, SpendingProblems.RefundTooLate,
                SpendingProblems.RecipientHasSpent, SpendingProblems.BalanceTooLarge, SpendingProblems.OwnAffair)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static RouteHandlerBuilder WithStateChange(this RouteHandlerBuilder endpoint) => endpoint
        .WithTags(ServiceTopic.Tag)
        .WithBody<ReasonBody>()
        .Produces<ServiceItem>()
        .WithIdempotencyKey(isRequired: true)
        .WithQuery("provider", "Whose proposal under the id; absent for the public service, or the proposal that is alone")
        .WithProblems(
            SpendingProblems.UnknownService, ServiceProblems.SeveralProposals, ServiceProblems.ServiceIdTaken,
            ServiceProblems.ServiceChanged, SpendingProblems.OwnAffair)
        .RequireAuthorization(Policy.WriteAdmin);

    private static Task<Results<Ok<PageView<ServiceItem>>, Problem>> List(HttpContext context, GrainCalls calls) =>
        ServiceLists.Page(context, calls, isWhole: true);

    private static async Task<Results<Ok<PurchaseReceipt>, Problem>> Purchase(
        string id, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var purchase))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        var found = await calls.Read(
            grains => grains.GetGrain<IPurchasesGrain>(0).FindAsOf(purchase, context.RequestAborted),
            context.RequestAborted);
        if (found is null)
        {
            return new Problem(SpendingProblems.UnknownPurchase);
        }

        return context.Traced(found.Purchase.Buyer) is { } stopped
            ? stopped
            : TypedResults.Ok(PurchaseReceipt.Of(found.Purchase, found.AsOf));
    }

    private static async Task<IResult> Refund(string id, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var purchase))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.AnswerReasoned(context, $"POST /admin/purchases/{purchase}/refund", async (key, reason) =>
        {
            // The buyer's actor does it: one after the other with all that the buyer does.
            if (await Find(purchase, calls, context.RequestAborted) is not { } found)
            {
                return new Problem(SpendingProblems.UnknownPurchase);
            }

            var request = new RefundRequest(key, purchase, reason, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ISpenderGrain>(found.Buyer).Refund(request, attempt),
                CancellationToken.None);
            return context.Answer(reply, refund =>
            {
                if (refund.Waiting is { } waiting)
                {
                    return context.Waiting(waiting, isReplay: false); // said already
                }

                context.Response.ShowSequence(refund.Sequence);
                return TypedResults.Created((string?)null, new RefundReceipt(
                    refund.Id, refund.Sequence, refund.At, refund.Purchase, refund.Amount));
            });
        });
    }

    private static Task<PurchaseView?> Find(Guid purchase, GrainCalls calls, CancellationToken cancellation) =>
        calls.Read(grains => grains.GetGrain<IPurchasesGrain>(0).Find(purchase, cancellation), cancellation);
}
