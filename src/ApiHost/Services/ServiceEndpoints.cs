using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Participants;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.Hosting.Tokens;
using Stk.Rules.Services;

namespace Stk.ApiHost.Services;

/// <summary>What can be bought, buying it, and what comes of selling.</summary>
internal static class ServiceEndpoints
{
    public static void MapServices(this IEndpointRouteBuilder api)
    {
        api.MapGet("/services", List)
            .WithName("services").WithSummary("The services that can be bought, by id")
            .WithTags(ServiceTopic.Tag)
            .WithPages().WithETag()
            .RequireAuthorization(Policy.ReadEconomy);
        api.MapGet("/services/{id}", Get)
            .WithName("service").WithSummary("One service; its ETag is its version")
            .WithDescription(
                "What waits for an operator is shown to its provider, operators and auditors alone. A provider sees what it "
                + "proposes under the id, whoever else does; operators and auditors name whose they mean.")
            .WithTags(ServiceTopic.Tag)
            .WithQuery("provider", "Whose proposal; for operators and auditors")
            .WithETag().WithProblems(SpendingProblems.UnknownService)
            .RequireAuthorization(Policy.ReadEconomy);
        api.MapPut("/services/{id}", Put)
            .WithName("service-put").WithSummary("Propose a service of one's own, or its next version")
            .WithDescription(
                "It stands in the provider's own name space, and can be bought once an operator has admitted it. At most ten of a "
                + "provider wait.")
            .WithTags(ServiceTopic.Tag)
            .WithBody<ServiceBody>()
            .Produces<ServiceItem>().Produces<ServiceItem>(StatusCodes.Status201Created)
            .WithIdempotencyKey(isRequired: false).WithIfMatch()
            .WithProblems(SpendingProblems.UnknownService, ServiceProblems.ServiceChanged, ServiceProblems.TooManyProposals,
                ProblemTypes.SplitNotWhole)
            .RequireAuthorization(Policy.Spend);
        api.MapPost("/services/{id}/purchase", Purchase)
            .WithName("service-purchase").WithSummary("Buy a service")
            .WithDescription("Paid to every recipient of the split and entitled in one commit.")
            .WithTags(ServiceTopic.Tag)
            .WithBody<PurchaseBody>(isRequired: false)
            .Produces<PurchaseReceipt>(StatusCodes.Status201Created)
            .WithIdempotencyKey(isRequired: true).WithIfMatch()
            .WithProblems(
                SpendingProblems.NotRenewable,
                SpendingProblems.UnknownService, SpendingProblems.ServiceWithdrawn, SpendingProblems.PriceChanged,
                SpendingProblems.RecipientUnresolved, SpendingProblems.InsufficientFunds, SpendingProblems.BalanceTooLarge,
                SpendingProblems.ParticipantSuspended)
            .RequireAuthorization(Policy.Spend);
        api.MapGet("/sales", Sales)
            .WithName("sales").WithSummary("What a recipient of services has earned, newest first")
            .WithTags(ServiceTopic.Tag)
            .WithParticipant().WithPages()
            .RequireAuthorization(Policy.ReadParticipant);
    }

    private static Task<Results<Ok<PageView<ServiceItem>>, Problem>> List(HttpContext context, GrainCalls calls) =>
        ServiceLists.Page(context, calls, isWhole: false);

    private static async Task<Results<Ok<ServiceItem>, Problem>> Get(string id, HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var provider = context.User.IsInRole(Role.Participant)
            ? context.User.SubjectId()
            : parameters.OptionalParticipantId("provider");
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var service = ServicePath.IsValid(id)
            ? await calls.Read(
                (grains, attempt) => grains.GetGrain<IServiceGrain>(id).Look(provider, attempt), context.RequestAborted)
            : null;
        if (service is null || !IsShown(service, context))
        {
            return new Problem(SpendingProblems.UnknownService);
        }

        context.Response.Headers.ETag = EntityTags.OfVersion(service.Version);
        return TypedResults.Ok(ServiceItem.Of(service));
    }

    // A withdrawn one is shown: whoever has bought it reads what it was.
    private static bool IsShown(ServiceView service, HttpContext context) =>
        service.State != ServiceState.Proposed || !context.User.IsInRole(Role.Participant)
        || service.Provider == context.User.SubjectId();

    private static Task<IResult> Put(string id, HttpContext context, GrainCalls calls) =>
        ServiceChanges.Put(id, $"PUT /services/{id}", context, calls);

    private static async Task<IResult> Purchase(string id, HttpContext context, GrainCalls calls)
    {
        if (!context.Request.VersionMatch().IsRead(out var match, out var problem))
        {
            return problem;
        }

        return await KeyedWrite.Answer(
            context, $"POST /services/{id}/purchase",
            body => (
                Recipients: body.Recipients("recipients"), Price: body.OptionalAmount("expectedPrice"),
                Renews: body.OptionalBool("renew") ?? false),
            async (key, sent) =>
            {
                if (!ServicePath.IsValid(id))
                {
                    return new Problem(SpendingProblems.UnknownService);
                }

                var version = await match.Expected(id, provider: null, calls, context.RequestAborted);
                var request = new PurchaseRequest(key, id, version, sent.Price, sent.Recipients, sent.Renews);
                var reply = await calls.Write(
                    (grains, attempt) => grains.GetGrain<ISpenderGrain>(context.User.SubjectId()).Purchase(request, attempt),
                    CancellationToken.None);
                return context.Answer(reply, purchase =>
                {
                    context.Response.ShowSequence(purchase.Sequence);
                    return TypedResults.Created((string?)null, PurchaseReceipt.Of(purchase, purchase.At));
                });
            },
            mayBeAbsent: true);
    }

    private static Task<Results<Ok<PageView<SaleItem>>, Problem>> Sales(HttpContext context, GrainCalls calls) =>
        OwnPage.Of(context).Answer(
            calls, (records, request, attempt) => records.GetSales(request, attempt),
            page => page.IsCursorValid ? new PageView<SaleItem>([.. page.Sales.Select(Item)], page.Next) : null);

    private static SaleItem Item(SaleView sale) => new(
        sale.Purchase, sale.At, sale.Service, sale.Version, sale.Role, sale.Income, sale.IsRefunded);
}
