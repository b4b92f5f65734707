using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Entitlements;

namespace Stk.ApiHost.Entitlements;

/// <summary>What purchases have entitled a participant to; other systems ask before they let somebody in.</summary>
internal static class EntitlementEndpoints
{
    private const string ParticipantMeaning = "Whose; a participant is its own";

    public static void MapEntitlements(this IEndpointRouteBuilder api)
    {
        api.MapGet("/entitlements", List)
            .WithName("entitlements").WithSummary("Every entitlement, newest first, ended ones too")
            .WithTags(EntitlementTopic.Tag)
            .WithParticipant().WithETag()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapGet("/entitlements/{service}", Check)
            .WithName("entitlement-check").WithSummary("Whether a participant may use a service now")
            .WithDescription("Answered from memory, for the path of another system's requests. Of one whom nobody knows it says no.")
            .WithTags(EntitlementTopic.Tag)
            .WithQuery("participant", ParticipantMeaning)
            .WithProblems(ProblemTypes.TracesUnavailable)
            .WithETag()
            .RequireAuthorization(Policy.CheckEntitlement);
        api.MapPost("/entitlements/{service}/use", Use)
            .WithName("entitlement-use").WithSummary("Use one session")
            .WithDescription("The id is the use's own: sent again it is the same use, and answered the same.")
            .WithTags(EntitlementTopic.Tag)
            .WithBody<UseBody>()
            .WithQuery("participant", "Whose", isRequired: true)
            .Produces<UseReceipt>()
            .WithReplayed()
            .WithProblems(SpendingProblems.NoEntitlement, SpendingProblems.UnknownParticipant)
            .RequireAuthorization(Policy.UseEntitlement);
        api.MapPut("/entitlements/{id}/renewal", Renewal)
            .WithName("entitlement-renewal").WithSummary("Say whether the next months are bought")
            .WithDescription(
                "Of a service that is bought for months. At 09:00 UTC of the day before it ends, then a day and two days later, "
                + "the next months are paid, if they cost no more than maxPrice; a notice comes three days before it ends, and "
                + "after each attempt. Off until somebody says otherwise. The same again changes nothing.")
            .WithTags(EntitlementTopic.Tag)
            .WithBody<RenewalItem>()
            .Produces<RenewalItem>()
            .WithProblems(SpendingProblems.UnknownEntitlement, SpendingProblems.NotRenewable)
            .RequireAuthorization(Policy.Spend);
    }

    private static async Task<Results<Ok<EntitlementsView>, Problem>> List(HttpContext context, GrainCalls calls)
    {
        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var read = await calls.Read(
            (grains, attempt) => grains.GetGrain<IEntitledGrain>(id).ListEntitlements(attempt), context.RequestAborted);
        // Terms run by the economy's clock, which need not be this host's.
        return TypedResults.Ok(new EntitlementsView(
            [.. read.Entitlements.Select(entitlement => EntitlementItem.Of(entitlement, read.AsOf))]));
    }

    private static async Task<Results<Ok<EntitlementCheckView>, Problem>> Check(
        string service, HttpContext context, GrainCalls calls)
    {
        if (!ServicePath.IsValid(service))
        {
            return Problem.Invalid("service", ServicePath.Rule);
        }

        if (!context.NamedParticipant(new(context.Request.Query)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var check = await calls.Read(
            grains => grains.GetGrain<IEntitledGrain>(id).CheckEntitlement(service).AsTask(), context.RequestAborted);
        return TypedResults.Ok(new EntitlementCheckView(service, check.IsActive, check.Until, check.Left));
    }

    private static async Task<IResult> Use(string service, HttpContext context, GrainCalls calls)
    {
        if (!ServicePath.IsValid(service))
        {
            return Problem.Invalid("service", ServicePath.Rule);
        }

        if (!context.NamedParticipant(new(context.Request.Query)).IsRead(out var participant, out var problem))
        {
            return problem;
        }

        return await KeyedWrite.Unkeyed(context, body => body.Uuid("id"), async (_, id) =>
        {
            var request = new UseRequest(service, id, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<IEntitledGrain>(participant).UseEntitlement(request, attempt),
                CancellationToken.None);
            return context.Answer(
                reply, use => TypedResults.Ok(new UseReceipt(use.Id, use.Entitlement, use.At, use.Left)));
        });
    }

    private static async Task<IResult> Renewal(string id, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var entitlement))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.Unkeyed(context, ReadRenewal, async (_, sent) =>
        {
            var request = new ChooseRenewalRequest(entitlement, sent.On, sent.MaxPrice);
            var reply = await calls.Write(
                (grains, attempt) =>
                    grains.GetGrain<IEntitledGrain>(context.User.SubjectId()).ChooseRenewal(request, attempt),
                CancellationToken.None);
            return context.Answer(reply, choice => TypedResults.Ok(new RenewalItem(choice.IsOn, choice.MaxPrice)));
        });
    }

    private static RenewalItem ReadRenewal(JsonBody body)
    {
        if (body.Bool("on"))
        {
            return new(On: true, body.OptionalAmount("maxPrice"));
        }

        if (body.OptionalAmount("maxPrice") is not null)
        {
            body.Object("maxPrice", "must be absent where on is false");
        }

        return new(On: false);
    }
}
