using System.Collections.Immutable;
using System.Text.Json;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Participants;
using Stk.Rules.Sources;

namespace Stk.ApiHost.Sources;

/// <summary>What of a source counts as if it had never been sent: asked for, looked at, let in again.</summary>
internal static class VoidEndpoints
{
    public static void MapVoids(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/sources/{name}/voids", List)
            .WithName("admin-voids").WithSummary("What of a source counts as if never sent, newest first")
            .WithTags(SharedTags.OperationName)
            .Produces<VoidsView>()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/sources/{name}/void", Ask)
            .WithName("admin-void").WithSummary("Ask that events received in a time count as if never sent")
            .WithDescription(
                "It waits for another operator, and changes nothing before. From then on the weeks that are not sealed leave "
                + "the events out, whoever's they are, in limits, streaks and points; a retraction that is void takes nothing "
                + "back. No event is changed. Evidence for frozen rewards stands. Weeks that are sealed by then stay as they "
                + "are: act says how many events there are in open weeks (events) and in sealed ones (sealedEvents).")
            .WithTags(SharedTags.OperationName)
            .WithBody<VoidBody>().WithIdempotencyKey(isRequired: true)
            .WithApproval()
            .WithProblems(SpendingProblems.UnknownSource, ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapPost("/sources/{name}/voids/{id}/lift", Lift)
            .WithName("admin-void-lift").WithSummary("Ask that they count again, in the weeks that are not sealed")
            .WithTags(SharedTags.OperationName)
            .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true)
            .WithApproval()
            .WithProblems(SpendingProblems.UnknownVoid, SpendingProblems.ActNotPossible, ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> List(string name, GrainCalls calls, CancellationToken cancellation)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        var voids = await calls.Read(grains => grains.GetGrain<IVoidsGrain>(name).List(cancellation), cancellation);
        return TypedResults.Ok(new VoidsView(
        [
            .. voids.Select(item => new VoidItem(
                item.Id, item.ReceivedFrom, item.ReceivedTo, item.Types, item.Reason, item.AskedBy, item.ApprovedBy, item.At,
                item.LiftedAt, item.LiftedReason)),
        ]));
    }

    private static async Task<IResult> Ask(string name, HttpContext context, GrainCalls calls)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        return await KeyedWrite.Answer(
            context, $"POST /admin/sources/{name}/void", Members,
            async (key, sent) =>
            {
                var request = new VoidEventsRequest(
                    key, sent.From, sent.To, sent.Types, sent.Reason, context.User.SubjectId());
                return context.Waiting(await calls.Write(
                    (grains, attempt) => grains.GetGrain<IVoidsGrain>(name).Void(request, attempt), CancellationToken.None));
            });
    }

    private static async Task<IResult> Lift(string name, string id, HttpContext context, GrainCalls calls)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        if (!UuidPath.TryParse(id, out var ofVoid))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.AnswerReasoned(
            context, $"POST /admin/sources/{name}/voids/{ofVoid}/lift",
            async (key, reason) =>
            {
                var request = new LiftVoidRequest(key, ofVoid, reason, context.User.SubjectId());
                return context.Waiting(await calls.Write(
                    (grains, attempt) => grains.GetGrain<IVoidsGrain>(name).Lift(request, attempt), CancellationToken.None));
            });
    }

    private static (DateTimeOffset From, DateTimeOffset To, ImmutableArray<string>? Types, string Reason) Members(
        JsonBody body)
    {
        var (from, to) = (body.Instant("receivedFrom"), body.Instant("receivedTo"));
        var types = Types(body);
        var reason = body.Reason("reason");
        if (from != default && to != default)
        {
            body.Object(SourceVoid.Check(from, to, types));
        }

        return (from, to, types, reason);
    }

    private static ImmutableArray<string>? Types(JsonBody body)
    {
        if (!body.Has("types") || body.IsNull("types"))
        {
            return null;
        }

        if (body.List("types") is not { } list)
        {
            return null;
        }

        if (list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            body.Object("types", "must be an array of strings, or null");
            return null;
        }

        // One more than may be: the rule says so.
        return [.. list.EnumerateArray().Take(SourceVoid.MaxTypes + 1).Select(item => item.GetString() ?? "")];
    }
}
