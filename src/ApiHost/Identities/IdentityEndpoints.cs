using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Identities;
using Stk.Rules.Identities;
using Stk.Rules.Participants;
using Stk.Rules.Sources;

namespace Stk.ApiHost.Identities;

/// <summary>Which participant the ids that sources send belong to.</summary>
internal static class IdentityEndpoints
{
    private const string Address = "PUT /admin/identities";

    public static void MapIdentities(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/identities", Get)
            .WithName("admin-identities").WithSummary("The ids of a participant, or whose an id is")
            .WithTags(SharedTags.OperationName)
            .WithQuery("participant", "whose ids; instead of id")
            .WithQuery("id", "an id, in the namespace; instead of participant")
            .WithQuery("namespace", "of the id; absent: the common one")
            .Produces<IdentitiesView>()
            .WithProblems(ProblemTypes.NotFound)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPut("/identities", Put)
            .WithName("admin-identity-put").WithSummary("Say whose an id is")
            .WithDescription(
                "The id's events stay with it; in each week that is not sealed they are the participant's from now on, all "
                + "of the week's: points, day limits, levels, streak. An id that was never heard of can be linked in "
                + "advance. One that has had an account, a wallet or ids of its own cannot: that would be two people. "
                + "participant null: it is its own again in each week that is not sealed. A sealed week stays as it is.")
            .WithTags(SharedTags.OperationName)
            .WithBody<IdentityBody>().WithIdempotencyKey(isRequired: false)
            .Produces<IdentityItem>()
            .WithProblems(
                SpendingProblems.UnknownParticipant, SpendingProblems.OwnAffair, IdentityTopic.NotLinkable,
                ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var participant = parameters.OptionalParticipantId("participant");
        var id = parameters.OptionalParticipantId("id");
        var ofNamespace = parameters.Text("namespace") ?? "";
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        if (IdentityName.BrokenNamespace(ofNamespace) is { } broken)
        {
            return Problem.Invalid("namespace", broken);
        }

        if (participant is null == id is null || (participant is not null && ofNamespace.Length > 0))
        {
            return Problem.Invalid("participant", "must be there, or id with its namespace, and not both");
        }

        if (participant is not null)
        {
            var own = await calls.Read(
                grains => grains.GetGrain<IIdentitiesGrain>(0).OfParticipant(participant, context.RequestAborted),
                context.RequestAborted);
            return own.IsEmpty ? Problem.NotFound() : TypedResults.Ok(new IdentitiesView([.. own.Select(Item)]));
        }

        var found = await calls.Read(
            grains => grains.GetGrain<IIdentitiesGrain>(0).Find(ofNamespace, id!, context.RequestAborted), // not both null
            context.RequestAborted);
        return found is null ? Problem.NotFound() : TypedResults.Ok(new IdentitiesView([Item(found)]));
    }

    private static Task<IResult> Put(HttpContext context, GrainCalls calls) => KeyedWrite.AnswerIfKeyed(
        context, Address, Members,
        async (key, sent) =>
        {
            var request = sent with { Key = key, By = context.User.SubjectId() };
            var reply = await calls.Write(
                request.Key, (grains, attempt) => grains.GetGrain<IIdentitiesGrain>(0).Link(request, attempt));
            return reply.IsOperatorUnknown ? new Problem(ProblemTypes.OperatorUnknown)
                : reply.Broken is { } broken ? Problem.Invalid("id", broken)
                : reply.Refusal is { } refusal ? Refused(refusal)
                : context.Answer(reply.Key) is { } reused ? reused
                : reply.View is { } view ? TypedResults.Ok(Item(view))
                : throw new UnreachableException();
        });

    private static LinkRequest Members(JsonBody body)
    {
        var ofNamespace = body.OptionalText("namespace");
        if (IdentityName.BrokenNamespace(ofNamespace) is { } broken)
        {
            body.Object("namespace", broken);
        }

        var id = body.Name("id");
        if (ofNamespace.Length > 0 && ParticipantId.Check(IdentityName.Of(ofNamespace, id), "id") is { } tooLong)
        {
            body.Object([tooLong]);
        }

        var isOwn = body.IsNull("participant");
        var participant = isOwn ? null : body.ParticipantId("participant");
        return new(null, ofNamespace, id, participant, body.Reason("reason"), "");
    }

    private static Problem Refused(LinkRefusal refusal) => refusal switch
    {
        LinkRefusal.UnknownParticipant => new(SpendingProblems.UnknownParticipant),
        LinkRefusal.OwnAffair => new(SpendingProblems.OwnAffair),
        _ => new(IdentityTopic.NotLinkable) { Detail = $"{Why(refusal)}. Nothing has changed." },
    };

    private static string Why(LinkRefusal refusal) => refusal switch
    {
        LinkRefusal.Itself => "It is that participant, or belongs to it already the other way round",
        LinkRefusal.HasMembers => "Other ids belong to it: let them be their own first",
        LinkRefusal.HasAccount => "It has been paid, or has a wallet, a service or an operator behind it",
        LinkRefusal.WeekNotSettled => "A week in which it did something is sealed and not paid: wait until it is settled",
        LinkRefusal.AlreadySo => "It is so already",
        _ => throw new UnreachableException(),
    };

    private static IdentityItem Item(IdentityView view) =>
        new(view.Namespace, view.Id, view.Participant, view.LinkedAt, view.Reason, view.By);
}
