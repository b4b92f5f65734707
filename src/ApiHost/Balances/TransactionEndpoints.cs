using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;
using Stk.Hosting.Tokens;

namespace Stk.ApiHost.Balances;

/// <summary>One transaction, and what a participant had day by day.</summary>
internal static class TransactionEndpoints
{
    private const int DaysMax = 366;

    public static void MapTransaction(this IEndpointRouteBuilder api) =>
        api.MapGet("/transactions/{id}", Get)
            .WithName("transaction").WithSummary("One transaction, with its parts, as one of its sides sees it")
            .WithDescription("404 for whoever is no side of it, as where there is none.")
            .WithTags(BalanceTopic.Tag)
            .Produces<TransactionDetailView>()
            .WithParticipant().WithNotes()
            .RequireAuthorization(Policy.ReadParticipant);

    public static void MapDailyBalances(this IEndpointRouteBuilder api) =>
        api.MapGet("/balance/daily", Daily)
            .WithName("balance-daily").WithSummary("What there was at the end of each day")
            .WithDescription("Days are UTC by the economy's clock; days to come are left out. 366 days at most.")
            .WithTags(BalanceTopic.Tag)
            .Produces<DailyBalancesView>()
            .WithParticipant()
            .WithQuery("from", "The first day, such as 2025-12-01", isRequired: true)
            .WithQuery("to", "The last day, which is included", isRequired: true)
            .RequireAuthorization(Policy.ReadParticipant);

    private static async Task<IResult> Get(string id, HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var reason = context.ReasonForNotes(parameters);
        if (!(await context.Participant(parameters, calls, reason)).IsRead(out var participant, out var problem))
        {
            return problem;
        }

        if (!Guid.TryParse(id, out var transaction))
        {
            return Problem.NotFound();
        }

        var found = await calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(participant).GetTransaction(transaction, attempt),
            context.RequestAborted);
        return found is null
            ? Problem.NotFound()
            : TypedResults.Ok(new TransactionDetailView(
                BalanceEndpoints.Item(found.Transaction, reason is not null || context.User.IsInRole(Role.Participant)),
                [.. found.Lines.Select(line => new TransactionLineView(line.Account, line.Amount, line.BalanceAfter))],
                [.. found.Parts.Select(part => new TransactionPartView(part.To, part.Amount))]));
    }

    private static async Task<IResult> Daily(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var (from, to) = parameters.Days("from", "to");
        if (parameters.Fault is null && to.DayNumber - from.DayNumber >= DaysMax)
        {
            return Problem.Invalid("from", $"must be less than {DaysMax} days before to");
        }

        if (!(await context.Participant(parameters, calls)).IsRead(out var id, out var problem))
        {
            return problem;
        }

        var days = await calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(id).GetDaily(from, to, attempt), context.RequestAborted);
        return TypedResults.Ok(new DailyBalancesView(
            [.. days.Select(day => new DayBalanceView(day.Day, day.Available, day.Frozen, day.Settling, day.Total))]));
    }
}
