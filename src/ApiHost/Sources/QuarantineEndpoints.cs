using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Participants;
using Stk.Rules.Sources;

namespace Stk.ApiHost.Sources;

/// <summary>What of a source was not taken in: looked at, let in, let go.</summary>
internal static class QuarantineEndpoints
{
    private const int MaxIds = 1_000;

    private static readonly FrozenSet<string> Reasons = QuarantineReasons.All.ToFrozenSet(StringComparer.Ordinal);

    public static void MapQuarantine(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/sources/{name}/quarantine", List)
            .WithName("admin-quarantine").WithSummary("Events of a source that were not taken in, newest first")
            .WithTags(SharedTags.OperationName)
            .Produces<PageView<QuarantineItem>>()
            .WithPages().WithQuery("reason", "held, event-type-not-allowed, unknown-participant or rejected; absent for all")
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/sources/{name}/quarantine/replay", Replay)
            .WithName("admin-quarantine-replay").WithSummary("Send some through intake as if they came now")
            .WithTags(SharedTags.OperationName)
            .WithBody<QuarantineBody>().WithIdempotencyKey(isRequired: false)
            .Produces<ReplayedView>()
            .WithProblems(ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapDelete("/sources/{name}/quarantine", Drop)
            .WithName("admin-quarantine-delete").WithSummary("Let some go for ever")
            .WithTags(SharedTags.OperationName)
            .WithBody<QuarantineBody>().WithIdempotencyKey(isRequired: false)
            .Produces<DroppedView>()
            .WithProblems(ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static async Task<IResult> List(string name, HttpContext context, GrainCalls calls)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        var reason = parameters.OptionalWord("reason", Reasons);
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IQuarantineGrain>(name).List(request, reason, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<QuarantineItem>(
                [
                    .. page.Items.Select(item => new QuarantineItem(
                        item.Id, item.Uuid, item.Reason, item.Field, item.Rule, item.ReceivedAt, item.Payload)),
                ],
                page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static Task<IResult> Replay(string name, HttpContext context, GrainCalls calls) => Act(
        name, $"POST /admin/sources/{name}/quarantine/replay", context, calls,
        (grain, request, attempt) => grain.Replay(request, attempt),
        reply => TypedResults.Ok(new ReplayedView(
            [
                .. reply.Answers.Select(answer =>
                    new ReplayedItem(answer.Id, answer.Outcome.WireName(), answer.Field, answer.Rule)),
            ],
            reply.Count)));

    private static Task<IResult> Drop(string name, HttpContext context, GrainCalls calls) => Act(
        name, $"DELETE /admin/sources/{name}/quarantine", context, calls,
        (grain, request, attempt) => grain.Delete(request, attempt),
        reply => TypedResults.Ok(new DroppedView(reply.Count)));

    private static async Task<IResult> Act(
        string name, string address, HttpContext context, GrainCalls calls,
        Func<IQuarantineGrain, QuarantineRequest, CancellationToken, Task<QuarantineReply>> act,
        Func<QuarantineReply, IResult> done)
    {
        if (ParticipantId.Check(name, "name") is { } objection)
        {
            return Problem.Invalid(objection);
        }

        return await KeyedWrite.AnswerIfKeyed(
            context, address, Members,
            async (key, sent) =>
            {
                var request = sent with { Key = key, By = context.User.SubjectId() };
                var reply = await calls.Write(
                    key, (grains, attempt) => act(grains.GetGrain<IQuarantineGrain>(name), request, attempt));
                return reply.IsOperatorUnknown ? new Problem(ProblemTypes.OperatorUnknown)
                    : context.Answer(reply.Key) is { } reused ? reused
                    : done(reply);
            });
    }

    private static QuarantineRequest Members(JsonBody body)
    {
        var why = body.Reason("why");
        var reason = body.OptionalWord("reason", Reasons);
        var ids = ImmutableArray.CreateBuilder<Guid>();
        if (body.Has("ids") && body.List("ids") is { } list)
        {
            foreach (var item in list.EnumerateArray().Take(MaxIds + 1))
            {
                if (item.ValueKind != JsonValueKind.String || !item.TryGetGuid(out var id) || ids.Count == MaxIds)
                {
                    body.Object("ids", "must be an array of at most 1,000 uuids");
                    break;
                }

                ids.Add(id);
            }
        }

        if (ids.Count > 0 == reason is not null)
        {
            body.Object("ids", "must be there with at least one, or reason, and not both");
        }

        return new(null, ids.ToImmutable(), reason, why, "");
    }
}
