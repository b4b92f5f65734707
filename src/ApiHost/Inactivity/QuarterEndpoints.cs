using System.Collections.Frozen;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;

namespace Stk.ApiHost.Inactivity;

/// <summary>What quarters take from the inactive, for operators and auditors, and appeals against it.</summary>
internal static class QuarterEndpoints
{
    private const string Csv = "text/csv; charset=utf-8; header=present";

    private static readonly FrozenDictionary<string, AppealState> States =
        Enum.GetValues<AppealState>().ToFrozenDictionary(AppealStates.WireName, StringComparer.Ordinal);

    private static readonly FrozenSet<string> StateNames = States.Keys.ToFrozenSet(StringComparer.Ordinal);

    public static void MapQuarters(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/quarters/{quarter}/redistribution", Report)
            .WithName("admin-redistribution").WithSummary("What a quarter has taken from the inactive, or would take now")
            .WithQuarter().Produces<QuarterView>().WithPreview();
        admin.MapGet("/quarters/{quarter}/redistribution.csv", Lines)
            .WithName("admin-redistribution-csv")
            .WithSummary("The same by participant, as CSV: user_id,last_active,days,rate_bp,base,amount,outcome")
            .WithQuarter().Produces<string>(StatusCodes.Status200OK, "text/csv").WithPreview();
        admin.MapGet("/quarters/{quarter}/restorations.csv", Restorations)
            .WithName("admin-restorations").WithSummary("What was given back to those who returned, as CSV: week,user_id,amount")
            .WithQuarter().Produces<string>(StatusCodes.Status200OK, "text/csv");
        admin.MapGet("/appeals", List)
            .WithName("admin-appeals").WithSummary("Appeals against redistribution, newest first")
            .WithTags(InactivityTopic.Tag)
            .Produces<PageView<AppealItem>>()
            .WithPages().WithQuery("state", "open, accepted or rejected; absent for all")
            .RequireAuthorization(Policy.ReadAdmin);
        admin.MapPost("/appeals/{id}/decision", Decide)
            .WithName("admin-appeal-decision").WithSummary("Accept or reject an appeal")
            .WithDescription(
                "Accepted: nothing is taken, or the exact sum is given back. Rejected: what was put off is taken, of no more "
                + "than was assessed and of no more than is there. 202: above what one signature may give, its acceptance waits "
                + "for another operator.")
            .WithTags(InactivityTopic.Tag)
            .WithBody<AppealDecisionBody>().WithIdempotencyKey(isRequired: true)
            .Produces<AppealItem>().WithApproval()
            .WithProblems(
                SpendingProblems.UnknownAppeal, SpendingProblems.OwnAffair, SpendingProblems.AlreadyDecided,
                SpendingProblems.InsufficientFunds,
                SpendingProblems.ParticipantSuspended, SpendingProblems.BalanceTooLarge)
            .RequireAuthorization(Policy.WriteAdmin);
    }

    private static RouteHandlerBuilder WithQuarter(this RouteHandlerBuilder endpoint) => endpoint
        .WithTags(InactivityTopic.Tag)
        .WithProblems(InactivityProblems.QuarterNotBegun)
        .RequireAuthorization(Policy.ReadAdmin);

    private static RouteHandlerBuilder WithPreview(this RouteHandlerBuilder endpoint) => endpoint
        .WithQuery("preview", "true: before it is done, what it would do now; also of the next quarter");

    private static Task<IResult> Report(string quarter, HttpContext context, GrainCalls calls) => Show(
        quarter, context,
        (id, isPreview) => calls.Read(
            (grains, attempt) => Quarter(grains, id).GetReport(isPreview, attempt), context.RequestAborted),
        report => TypedResults.Ok(QuarterView.Of(report)));

    private static Task<IResult> Lines(string quarter, HttpContext context, GrainCalls calls) => Show(
        quarter, context,
        (id, isPreview) => calls.Read(
            (grains, attempt) => Quarter(grains, id).ReadCsv(isPreview, attempt), context.RequestAborted),
        csv => TypedResults.Bytes(csv, Csv));

    private static Task<IResult> Restorations(string quarter, HttpContext context, GrainCalls calls) => Show(
        quarter, context,
        (id, _) => calls.Read(
            (grains, attempt) => Quarter(grains, id).ReadRestorations(attempt), context.RequestAborted),
        csv => TypedResults.Bytes(csv, Csv));

    private static async Task<IResult> Show<T>(
        string quarter, HttpContext context, Func<QuarterId, bool, Task<T?>> read, Func<T, IResult> show)
        where T : class
    {
        var parameters = new Parameters(context.Request.Query);
        var isPreview = parameters.OptionalFlag("preview");
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        if (!QuarterId.TryParse(quarter, out var id))
        {
            return Problem.Invalid("quarter", QuarterPath.Rule);
        }

        return await read(id, isPreview) is { } found ? show(found) : new Problem(InactivityProblems.QuarterNotBegun);
    }

    private static async Task<IResult> List(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page();
        var state = parameters.OptionalWord("state", StateNames);
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var page = await calls.Read(
            (grains, attempt) => grains.GetGrain<IAppealsGrain>(0).List(
                request, state is null ? null : States[state], attempt),
            context.RequestAborted);
        return page.IsCursorValid
            ? TypedResults.Ok(new PageView<AppealItem>([.. page.Appeals.Select(AppealItem.Of)], page.Next))
            : new Problem(ProblemTypes.InvalidCursor);
    }

    private static async Task<IResult> Decide(string id, HttpContext context, GrainCalls calls)
    {
        if (!UuidPath.TryParse(id, out var appeal))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.Answer(
            context, $"POST /admin/appeals/{appeal}/decision",
            body =>
            {
                var isAccepted = body.OptionalBool("accepted");
                if (isAccepted is null)
                {
                    body.Object("accepted", "must be true or false");
                }

                return (IsAccepted: isAccepted ?? false, Reason: body.Reason("reason"));
            },
            async (key, sent) =>
            {
                var request = new DecideAppealRequest(key, appeal, sent.IsAccepted, sent.Reason, context.User.SubjectId());
                var reply = await calls.Write(
                    (grains, attempt) => grains.GetGrain<IAppealsGrain>(0).Decide(request, attempt), CancellationToken.None);
                return context.Answer<AppealView>(reply, decided => decided.Waiting is { } waiting
                    ? context.Waiting(waiting, isReplay: false) // said already
                    : TypedResults.Ok(AppealItem.Of(decided)));
            });
    }

    private static IRedistributionGrain Quarter(GrainReferences grains, QuarterId quarter) =>
        grains.GetGrain<IRedistributionGrain>(quarter.ToString());
}
