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
}
