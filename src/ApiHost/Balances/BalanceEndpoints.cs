using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Participants;
using Stk.ApiHost.Problems;
using Stk.GrainInterfaces.Participants;
using Stk.Hosting.Tokens;
using Stk.Rules.Money;

namespace Stk.ApiHost.Balances;

/// <summary>What a participant has, and how it came.</summary>
internal static class BalanceEndpoints
{
    private static readonly FrozenSet<string> Kinds =
        TransactionKinds.OfParticipants.Select(kind => kind.WireName()).ToFrozenSet(StringComparer.Ordinal);

    public static void MapBalances(this IEndpointRouteBuilder api)
    {
        api.MapGet("/balance", Balance)
            .WithName("balance").WithSummary("The balances, now")
            .WithDescription(
                "A read that sends back the sequence it has seen never goes back in time: 503 `busy` where it is not heard of "
                + "yet, 412 `sequence-unknown` where the journal does not reach so far.")
            .WithTags(BalanceTopic.Tag)
            .WithParticipant()
            .WithQuery("sequence", "As the header Stk-Sequence")
            .WithHeader(Sequences.Header, "Not older than this commit", "42")
            .WithAnswerHeader(Sequences.Header, "The commit up to which the journal has been heard")
            .WithETag().WithProblems(BalanceProblems.SequenceUnknown)
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapBalanceStream();
        api.MapGet("/balance/history", History)
            .WithName("balance-history").WithSummary("Every change of the balances, newest first")
            .WithTags(BalanceTopic.Tag)
            .WithParticipant().WithPages().WithFilters().WithNotes()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapGet("/transactions", Transactions)
            .WithName("transactions").WithSummary("The transactions that touched the balances, newest first")
            .WithTags(BalanceTopic.Tag)
            .WithParticipant().WithPages().WithFilters().WithNotes()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapTransaction();
        api.MapDailyBalances();
    }

    /// <summary>Says that notes are shown to operators and auditors who say why.</summary>
    public static RouteHandlerBuilder WithNotes(this RouteHandlerBuilder endpoint) => endpoint
        .WithQuery(
            AskedParticipant.ReasonName,
            "For operators and auditors: why notes are to be shown, 1 to 280 characters. Without it they are null");

    /// <summary>A transaction as the participant sees it.</summary>
    public static TransactionItem Item(TransactionView transaction, bool showsNote) => new(
        transaction.Id, transaction.Sequence, transaction.At, transaction.Kind, transaction.Reference,
        transaction.Available, transaction.Frozen, transaction.Settling, transaction.Counterparty,
        showsNote ? transaction.Note : null, transaction.Service, GrantName.Of(transaction.Grant),
        transaction.AvailableAfter);

    private static async Task<Results<Ok<BalanceView>, Problem>> Balance(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var named = parameters.OptionalSequence("sequence");
        if (!context.NamedParticipant(parameters).IsRead(out var id, out var problem)
            || !context.Request.SequenceHeader(Sequences.Header).IsRead(out var sent, out problem))
        {
            return problem;
        }

        // One call: it says by itself whether anybody has this id. Participants see zeros before they have registered.
        var balance = await calls.Read(
            grains =>
            {
                var participant = grains.GetGrain<IHolderGrain>(id);
                return (named ?? sent) is { } sequence
                    ? participant.GetBalanceAt(sequence, context.RequestAborted)
                    : participant.GetBalance().AsTask();
            },
            context.RequestAborted);
        if (balance.IsOfNobody && !context.User.IsInRole(Role.Participant))
        {
            return Problem.NotFound();
        }

        if (balance.IsSequenceUnknown)
        {
            return new Problem(BalanceProblems.SequenceUnknown);
        }

        // A change of its own may be known before the journal is heard so far: what is shown is never older than its tag.
        context.Response.ShowSequence(Math.Max(balance.Sequence, balance.ChangedIn));
        return TypedResults.Ok(BalanceView.Of(balance));
    }

    private static Task<Results<Ok<PageView<BalanceChangeItem>>, Problem>> History(HttpContext context, GrainCalls calls)
    {
        var (own, showsNote) = Noted(context);
        return own.Answer(
            calls, (records, request, attempt) => records.GetHistory(request, attempt),
            page => page.IsCursorValid
                ? new PageView<BalanceChangeItem>([.. page.Changes.Select(change => Item(change, showsNote))], page.Next)
                : null);
    }

    private static Task<Results<Ok<PageView<TransactionItem>>, Problem>> Transactions(
        HttpContext context, GrainCalls calls)
    {
        var (own, showsNote) = Noted(context);
        return own.Answer(
            calls, (records, request, attempt) => records.GetTransactions(request, attempt),
            page => page.IsCursorValid
                ? new PageView<TransactionItem>([.. page.Transactions.Select(one => Item(one, showsNote))], page.Next)
                : null);
    }

    // Notes are for their two sides, and for others who say why.
    private static (OwnPage Own, bool ShowsNote) Noted(HttpContext context)
    {
        var parameters = new Parameters(context.Request.Query);
        var request = parameters.Page(Kinds);
        var reason = context.ReasonForNotes(parameters);
        return (new(context, parameters, request, reason), reason is not null || context.User.IsInRole(Role.Participant));
    }

    private static BalanceChangeItem Item(BalanceChange change, bool showsNote) => new(
        change.Sequence, change.At, change.TransactionId, change.Kind, change.Reference, change.Account, change.Amount,
        change.BalanceAfter, change.Counterparty, showsNote ? change.Note : null, change.Service,
        GrantName.Of(change.Grant));
}
