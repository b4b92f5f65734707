using System.Collections.Frozen;
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
using Stk.GrainInterfaces.Settling;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Approvals;

namespace Stk.ApiHost.Settling;

/// <summary>Settlement: looked at, paused, resumed, and resolved where nobody can prove how it has ended.</summary>
internal static class SettlingEndpoints
{
    private const string Landed = "landed";

    // Of a signature in base58.
    private const int SignatureMost = 88;

    private static readonly FrozenSet<string> Outcomes = FrozenSet.Create(StringComparer.Ordinal, Landed, "expired");

    private static readonly FrozenSet<string> States = FrozenSet.Create(
        StringComparer.Ordinal, "planned", "signed", "sent", "finalized", "failed", "uncertain", "expired");

    public static void MapSettlement(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/settlement", Get)
            .WithName("admin-settlement").WithSummary("How settlement stands, with a fresh look at the nodes")
            .WithTags(SettlingTopic.Tag)
            .Produces<SettlementView>()
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/settlement/pause", (HttpContext context, GrainCalls calls) =>
                Steer(context, calls, "pause", (desk, request, attempt) => desk.Pause(request, attempt)))
            .WithName("admin-settlement-pause").WithSummary("Hold payouts")
            .WithDescription("Nothing more is gathered and nothing more is signed; what was signed goes on. Withdrawals are refused.")
            .WithSteering();
        admin.MapPost("/settlement/resume", (HttpContext context, GrainCalls calls) =>
                Steer(context, calls, "resume", (desk, request, attempt) => desk.Resume(request, attempt)))
            .WithName("admin-settlement-resume").WithSummary("Let payouts go on")
            .WithDescription(
                "After a mismatch or in recovery it waits for another person, whose own call of this approves it.")
            .WithSteering()
            .WithApproval()
            .WithProblems(
                SpendingProblems.ActNotPossible, SpendingProblems.ActOutdated, SpendingProblems.AlreadyDecided,
                SpendingProblems.NeedsSecondApproval);
        admin.MapGet("/settlement/batches", List)
            .WithName("admin-settlement-batches").WithSummary("What was to happen on chain, newest first")
            .WithTags(SettlingTopic.Tag)
            .Produces<PageView<BatchItem>>()
            .WithPages().WithQuery("state", "planned, signed, sent, finalized, failed, uncertain or expired; absent for all")
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapGet("/settlement/batches/{id}", Find)
            .WithName("admin-settlement-batch").WithSummary("One batch, with its attempts, their bytes and evidence")
            .WithTags(SettlingTopic.Tag)
            .Produces<BatchDetailsView>()
            .WithProblems(SettlingProblems.UnknownBatch)
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/settlement/batches/{id}/resolve", Resolve)
            .WithName("admin-settlement-resolve").WithSummary("Say how an uncertain batch has ended")
            .WithDescription(
                "It waits for another person, whose own call of the same approves it. Nodes are looked at afresh by each call, and "
                + "once more by whoever settles; where one shows otherwise nothing changes.")
            .WithTags(SettlingTopic.Tag)
            .WithBody<ResolveBody>().WithIdempotencyKey(isRequired: true)
            .Produces<ApprovalItem>()
            .WithApproval()
            .WithProblems(
                SettlingProblems.UnknownBatch, SpendingProblems.EvidenceContradicts, SpendingProblems.ActNotPossible,
                SpendingProblems.ActOutdated, SpendingProblems.AlreadyDecided, SpendingProblems.NeedsSecondApproval,
                ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static RouteHandlerBuilder WithSteering(this RouteHandlerBuilder endpoint) => endpoint
        .WithTags(SettlingTopic.Tag)
        .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true)
        .Produces<SteeredView>()
        .WithProblems(ProblemTypes.OperatorUnknown)
        .RequireAuthorization(Policy.WriteAdmin);

    private static async Task<IResult> Get(HttpContext context, GrainCalls calls) =>
        TypedResults.Ok(SettlementView.Of(await calls.Read(
            (grains, attempt) => grains.GetGrain<ISettlementDeskGrain>(0).GetStatus(attempt), context.RequestAborted)));

    private static async Task<IResult> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        var state = parameters.OptionalWord("state", States);
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<ISettlementDeskGrain>(0).ListBatches(request, state, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<BatchItem>([.. page.Batches.Select(BatchItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static async Task<IResult> Find(string id, HttpContext context, GrainCalls calls) =>
        !UuidPath.TryParse(id, out var batch) ? Problem.Invalid("id", UuidPath.Rule)
        : await Details(batch, context, calls) is { } found ? TypedResults.Ok(BatchDetailsView.Of(found))
        : new Problem(SettlingProblems.UnknownBatch);

    private static Task<BatchDetails?> Details(Guid batch, HttpContext context, GrainCalls calls) => calls.Read(
        (grains, attempt) => grains.GetGrain<ISettlementDeskGrain>(0).GetBatch(batch, attempt), context.RequestAborted);

    private static Task<IResult> Steer(
        HttpContext context, GrainCalls calls, string verb,
        Func<ISettlementDeskGrain, SteerSettlementRequest, CancellationToken, Task<SteeringReply>> steer) =>
        KeyedWrite.AnswerReasoned(context, $"POST /admin/settlement/{verb}", async (key, reason) =>
        {
            var request = new SteerSettlementRequest(key, reason, context.User.SubjectId());
            var reply = await calls.Write(
                key, (grains, attempt) => steer(grains.GetGrain<ISettlementDeskGrain>(0), request, attempt));
            if (reply is SteeringReply.Done { IsReplay: true })
            {
                context.Response.SayReplayed();
            }

            return reply switch
            {
                SteeringReply.Done(var pause, _) => TypedResults.Ok(new SteeredView(PauseItem.Of(pause))),
                SteeringReply.OfTwo { Reply: SpendingReply<ApprovalView>.Done { View.State: ApprovalState.Approved } } =>
                    TypedResults.Ok(new SteeredView(null)),
                SteeringReply.OfTwo(var second) => context.Waiting(second),
                SteeringReply.OperatorUnknown => new Problem(ProblemTypes.OperatorUnknown),
                SteeringReply.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
                _ => throw new UnreachableException(),
            };
        });

    private static async Task<IResult> Resolve(string id, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var batch))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.Answer(
            context, $"POST /admin/settlement/batches/{batch}/resolve", Members,
            async (key, sent) =>
            {
                if (await Details(batch, context, calls) is null)
                {
                    return new Problem(SettlingProblems.UnknownBatch);
                }

                var request = new ResolveBatchRequest(key, batch, sent.Signature, sent.Reason, context.User.SubjectId());
                var reply = await calls.Write(
                    (grains, attempt) => grains.GetGrain<ISettlementDeskGrain>(0).Resolve(request, attempt),
                    CancellationToken.None);
                return reply is SpendingReply<ApprovalView>.Done { View.State: ApprovalState.Approved }
                    ? context.Answer(reply, approved => TypedResults.Ok(ApprovalItem.Of(approved)))
                    : context.Waiting(reply);
            });
    }

    private static (string? Signature, string Reason) Members(JsonBody body)
    {
        var outcome = body.Word("outcome", Outcomes);
        var reason = body.Reason("reason");
        var signature = body.OptionalText("signature");
        if ((outcome == Landed) != (signature.Length > 0))
        {
            body.Object("signature", "must be there where the outcome is landed, and only there");
        }
        else if (signature.Length > SignatureMost || signature.Any(letter => !char.IsAsciiLetterOrDigit(letter)))
        {
            body.Object("signature", "must be a signature in base58");
        }

        return (signature.Length > 0 ? signature : null, reason);
    }
}
