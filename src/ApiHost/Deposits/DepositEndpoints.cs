using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Participants;
using Stk.ApiHost.Payouts;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Approvals;
using Stk.Rules.Deposits;

namespace Stk.ApiHost.Deposits;

/// <summary>What has come back from wallets, for its people and for operators.</summary>
internal static class DepositEndpoints
{
    private static readonly FrozenDictionary<string, DepositState> States =
        Enum.GetValues<DepositState>().ToFrozenDictionary(DepositNames.WireName, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Words = States.Keys.ToFrozenSet(StringComparer.Ordinal);

    public static void MapDeposits(this IEndpointRouteBuilder api) =>
        api.MapGet("/wallet/deposits", ListOwn)
            .WithName("wallet-deposits").WithSummary("What has come back from wallets, newest first")
            .WithDescription(
                "STK that are sent to the address that GET /wallet names under deposit, with its memo or from the linked wallet, "
                + "are here once nothing can take them back.")
            .WithTags(DepositTopic.Tag)
            .WithParticipant().WithPages()
            .RequireAuthorization(Policy.ReadParticipant);

    public static void MapArrivals(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/settlement/deposits", List)
            .WithName("admin-settlement-deposits").WithSummary("What has arrived from outside, newest first")
            .WithTags(DepositTopic.Tag)
            .Produces<PageView<ArrivalItem>>()
            .WithPages().WithQuery("state", "credited, suspense, assigned, returning or returned; absent for all")
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/settlement/deposits/{id}/assign", Assign)
            .WithName("admin-settlement-assign").WithSummary("Say whose something in suspense is")
            .WithDescription("It waits for another person, whose own call of the same approves it, and credits it.")
            .WithTags(DepositTopic.Tag)
            .WithBody<AssignBody>().WithIdempotencyKey(isRequired: true)
            .Produces<ApprovalItem>()
            .WithApproval()
            .WithProblems(
                SpendingProblems.UnknownDeposit, SpendingProblems.UnknownParticipant, SpendingProblems.ActNotPossible,
                SpendingProblems.ActOutdated, SpendingProblems.AlreadyDecided, SpendingProblems.NeedsSecondApproval,
                SpendingProblems.BalanceTooLarge, ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapReturn();
    }

    private static void MapReturn(this IEndpointRouteBuilder admin) =>
        admin.MapPost("/settlement/deposits/{id}/return", SendBack)
            .WithName("admin-settlement-return").WithSummary("Send something in suspense back to whom it came from")
            .WithDescription(
                "It waits for another person, whose own call of the same approves it. Then it is an act on chain, under the "
                + "approval's id, that waits for the vault's key.")
            .WithTags(DepositTopic.Tag)
            .WithBody<ReasonBody>().WithIdempotencyKey(isRequired: true)
            .Produces<ApprovalItem>()
            .WithApproval()
            .WithProblems(
                SpendingProblems.UnknownDeposit, SpendingProblems.NoSender, SpendingProblems.ActNotPossible,
                SpendingProblems.ActOutdated, SpendingProblems.AlreadyDecided, SpendingProblems.NeedsSecondApproval,
                ProblemTypes.OperatorUnknown)
            .RequireAuthorization(Policy.WriteAdmin);

    private static Task<Results<Ok<PageView<DepositItem>>, Problem>> ListOwn(
        HttpContext context, GrainCalls calls, Explorer explorer) => OwnPage.Of(context).Answer(
            calls, (records, request, attempt) => records.GetDeposits(request, attempt),
            page => page.IsCursorValid
                ? new PageView<DepositItem>([.. page.Deposits.Select(one => DepositItem.Of(one, explorer))], page.Next)
                : null);

    private static async Task<IResult> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        DepositState? state = parameters.OptionalWord("state", Words) is { } word
            ? States[word]
            : null;
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IDepositDeskGrain>(0).List(request, state, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<ArrivalItem>([.. page.Deposits.Select(ArrivalItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static async Task<IResult> Assign(string id, HttpContext context, GrainCalls calls) =>
        !UuidPath.TryParse(id, out var deposit)
            ? Problem.Invalid("id", UuidPath.Rule)
            : await KeyedWrite.Answer(
                context, $"POST /admin/settlement/deposits/{deposit}/assign",
                body => (To: body.Text("to"), Reason: body.Reason("reason")),
                async (key, sent) =>
                {
                    var request = new AssignDepositRequest(
                        key, deposit, sent.To, sent.Reason, context.User.SubjectId());
                    var reply = await calls.Write(
                        (grains, attempt) => grains.GetGrain<IDepositDeskGrain>(0).Assign(request, attempt),
                        CancellationToken.None);
                    return reply is SpendingReply<ApprovalView>.Done { View.State: ApprovalState.Approved }
                        ? context.Answer(reply, approved => TypedResults.Ok(ApprovalItem.Of(approved)))
                        : context.Waiting(reply);
                });

    private static async Task<IResult> SendBack(string id, HttpContext context, GrainCalls calls) =>
        !UuidPath.TryParse(id, out var deposit)
            ? Problem.Invalid("id", UuidPath.Rule)
            : await KeyedWrite.Answer(
                context, $"POST /admin/settlement/deposits/{deposit}/return", body => body.Reason("reason"),
                async (key, reason) =>
                {
                    var request = new ReturnDepositRequest(key, deposit, reason, context.User.SubjectId());
                    var reply = await calls.Write(
                        (grains, attempt) => grains.GetGrain<IDepositDeskGrain>(0).SendBack(request, attempt),
                        CancellationToken.None);
                    return reply is SpendingReply<ApprovalView>.Done { View.State: ApprovalState.Approved }
                        ? context.Answer(reply, approved => TypedResults.Ok(ApprovalItem.Of(approved)))
                        : context.Waiting(reply);
                });
}
