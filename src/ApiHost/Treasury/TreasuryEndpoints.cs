using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Treasury;
using Stk.Rules.Treasury;

namespace Stk.ApiHost.Treasury;

/// <summary>Spending from funds: asked for by one operator and, above the rule book's limit, approved by another.</summary>
internal static class TreasuryEndpoints
{
    private const int MaxVestsDays = 3_650;
    private const string SpendAddress = "POST /admin/treasury/spend";
    private const string SpendsPath = ApiAddress.Root + "/admin/treasury/spends";

    public static void MapTreasury(this IEndpointRouteBuilder admin)
    {
        admin.MapPost("/treasury/spend", Spend)
            .WithName("admin-treasury-spend").WithSummary("Spend from a fund")
            .WithDescription(
                "201: paid. 202: with what the operator, the receiver and the fund have to do with in seven days on one signature "
                + "it is above the rule book's limit, and waits for another operator.")
            .WithTags(TreasuryTopic.Tag)
            .WithBody<SpendBody>()
            .Produces<SpendItem>(StatusCodes.Status201Created).Produces<SpendItem>(StatusCodes.Status202Accepted)
            .WithIdempotencyKey(isRequired: true)
            .WithProblems(
                SpendingProblems.FundNotSpendable, SpendingProblems.UnknownParticipant, SpendingProblems.InsufficientFunds,
                SpendingProblems.BalanceTooLarge, SpendingProblems.OwnAffair)
            .RequireAuthorization(Policy.WriteAdmin);
        admin.MapGet("/treasury/spends", List)
            .WithName("admin-treasury-spends").WithSummary("What was spent from funds, and what waits, newest first")
            .WithTags(TreasuryTopic.Tag)
            .WithPages().WithQuery("waiting", "true: only what waits for a second operator")
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/treasury/spends/{id}/approve", (string id, HttpContext context, GrainCalls calls) =>
                Decide(id, isApproved: true, "approve", context, calls))
            .WithName("admin-treasury-approve").WithSummary("Approve, as another operator, and pay")
            .WithDecision(
                SpendingProblems.UnknownParticipant, SpendingProblems.InsufficientFunds,
                SpendingProblems.BalanceTooLarge, SpendingProblems.ActOutdated);
        admin.MapPost("/treasury/spends/{id}/reject", (string id, HttpContext context, GrainCalls calls) =>
                Decide(id, isApproved: false, "reject", context, calls))
            .WithName("admin-treasury-reject").WithSummary("Reject")
            .WithDecision();
    }

    private static void WithDecision(this RouteHandlerBuilder endpoint, params ReadOnlySpan<ProblemType> problems) =>
        endpoint
            .WithTags(TreasuryTopic.Tag)
            .WithBody<ReasonBody>()
            .Produces<SpendItem>()
            .WithIdempotencyKey(isRequired: true)
            .WithProblems(
                SpendingProblems.NeedsSecondApproval, SpendingProblems.UnknownSpending, SpendingProblems.AlreadyDecided)
            .WithProblems(problems)
            .RequireAuthorization(Policy.WriteAdmin);

    private static Task<IResult> Spend(HttpContext context, GrainCalls calls) => KeyedWrite.Answer(
        context, SpendAddress,
        body => (
            Fund: body.Word("fund", SpendItem.FundNames), To: body.ParticipantId("to"), Amount: body.Amount("amount"),
            Kind: body.Word("kind", SpendItem.Kinds), Reason: body.Reason("reason"),
            VestsDays: body.OptionalInt("vestsDays", 0, MaxVestsDays)),
        async (key, sent) =>
        {
            var request = new FundSpendRequest(
                key, sent.Fund, sent.To, sent.Amount, sent.Kind, sent.Reason, sent.VestsDays ?? 0, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ITreasuryGrain>(0).Spend(request, attempt), CancellationToken.None);
            return context.Answer<FundSpendView>(reply, spend => spend.State == FundSpendState.Paid
                ? TypedResults.Created(SpendsPath, SpendItem.Of(spend))
                : TypedResults.Accepted(ApprovalAnswers.Address(spend.Id), SpendItem.Of(spend)));
        });

    private static async Task<Results<Ok<PageView<SpendItem>>, Problem>> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        var isWaitingOnly = parameters.OptionalFlag("waiting");
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<ITreasuryGrain>(0).GetSpends(request, isWaitingOnly, attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<SpendItem>([.. page.Spends.Select(SpendItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static async Task<IResult> Decide(
        string id, bool isApproved, string verb, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var spend))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.AnswerReasoned(context, $"POST /admin/treasury/spends/{spend}/{verb}", async (key, reason) =>
        {
            var request = new DecideRequest(key, spend, isApproved, reason, context.User.SubjectId());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ITreasuryGrain>(0).Decide(request, attempt), CancellationToken.None);
            return context.Answer(reply, decided => TypedResults.Ok(SpendItem.Of(decided)));
        });
    }
}
