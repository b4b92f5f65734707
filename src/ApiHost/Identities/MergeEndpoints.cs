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
using Stk.Rules.Money;

namespace Stk.ApiHost.Identities;

/// <summary>Two participants who are one person, of whom one was never paid.</summary>
internal static class MergeEndpoints
{
    public static void MapMerges(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/merges", List)
            .WithName("admin-merges").WithSummary("Participants who were made one, newest first")
            .WithTags(SharedTags.OperationName)
            .Produces<MergesView>()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/merges", Merge)
            .WithName("admin-merge").WithSummary("Make all ids of a participant who was never paid another's")
            .WithDescription(
                "from and into mean whoever these ids belong to. All of the one's ids, its own too, are the other's in each week "
                + "that is not sealed; sealed weeks stay as they are. Whoever has, or had, an account, a wallet, a service or an "
                + "operator behind it, or has signed in, is not merged. No money moves: moved is 0, and nothing waits.")
            .WithTags(SharedTags.OperationName)
            .WithBody<MergeBody>().WithIdempotencyKey(isRequired: false)
            .Produces<MergeItem>()
            .WithProblems(
                SpendingProblems.UnknownParticipant, SpendingProblems.OwnAffair, IdentityTopic.NotMergeable,
                ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/merges/{id}/undo", Undo)
            .WithName("admin-merge-undo").WithSummary("Give each its own ids again, in every week that is not sealed")
            .WithTags(SharedTags.OperationName)
            .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: false)
            .Produces<MergeItem>()
            .WithProblems(
                IdentityTopic.UnknownMerge, SpendingProblems.OwnAffair, IdentityTopic.NotMergeable,
                ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> List(GrainCalls calls, CancellationToken cancellation)
    {
        var merges = await calls.Read(grains => grains.GetGrain<IMergesGrain>(0).List(cancellation), cancellation);
        return TypedResults.Ok(new MergesView([.. merges.Select(Item)]));
    }

    private static Task<IResult> Merge(HttpContext context, GrainCalls calls) => KeyedWrite.AnswerWithOwnKey(
        context, "POST /admin/merges",
        body => (From: body.ParticipantId("from"), Into: body.ParticipantId("into"), Reason: body.Reason("reason")),
        async (key, sent) =>
        {
            var request = new MergeRequest(key, sent.From, sent.Into, sent.Reason, context.User.SubjectId());
            return Answer(context, await calls.Write(
                key, (grains, attempt) => grains.GetGrain<IMergesGrain>(0).Merge(request, attempt)));
        });

    private static async Task<IResult> Undo(string id, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var merge))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.AnswerWithOwnKey(
            context, $"POST /admin/merges/{merge}/undo", body => body.Reason("reason"),
            async (key, reason) =>
            {
                var request = new UndoMergeRequest(key, merge, reason, context.User.SubjectId());
                return Answer(context, await calls.Write(
                    key, (grains, attempt) => grains.GetGrain<IMergesGrain>(0).Undo(request, attempt)));
            });
    }

    private static IResult Answer(HttpContext context, MergeReply reply) =>
        reply.IsOperatorUnknown ? new Problem(ProblemTypes.OperatorUnknown)
        : reply.Refusal is { } refusal ? Refused(refusal)
        : context.Answer(reply.Key) is { } reused ? reused
        : reply.View is { } view ? TypedResults.Ok(Item(view))
        : throw new UnreachableException();

    private static Problem Refused(LinkRefusal refusal) => refusal switch
    {
        LinkRefusal.UnknownParticipant => new(SpendingProblems.UnknownParticipant),
        LinkRefusal.OwnAffair => new(SpendingProblems.OwnAffair),
        LinkRefusal.UnknownMerge => new(IdentityTopic.UnknownMerge),
        _ => new(IdentityTopic.NotMergeable) { Detail = $"{Why(refusal)}. Nothing has changed." },
    };

    private static string Why(LinkRefusal refusal) => refusal switch
    {
        LinkRefusal.AlreadySo => "It is so already",
        LinkRefusal.HasAccount => "Who is merged has been paid, or has a wallet, a service or an operator behind it",
        LinkRefusal.HasSignedIn => "Who is merged has signed in",
        LinkRefusal.WeekNotSettled =>
            "A week in which who is merged did something is sealed and not paid: wait until it is settled",
        LinkRefusal.Overtaken => "Somebody has said since whose these ids are: take that back first",
        _ => throw new UnreachableException(),
    };

    private static MergeItem Item(MergeView view) => new(
        view.Id, view.From, view.Into, view.Identities, Amount.Zero, null, view.At, view.By, view.Reason, view.UndoneAt,
        view.UndoneBy, view.UndoneReason);
}
