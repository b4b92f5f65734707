using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Spending;

namespace Stk.ApiHost.Transfers;

/// <summary>From one participant to another.</summary>
internal static class TransferEndpoints
{
    private const string Address = "POST /transfer";

    public static void MapTransfers(this IEndpointRouteBuilder api)
    {
        api.MapPost("/transfer", Transfer)
            .WithName("transfer").WithSummary("Send STK to another participant")
            .WithDescription("Answered means committed. The sender pays the amount and, where the rule book has one, its fee.")
            .WithTags(TransferTopic.Tag)
            .WithBody<TransferBody>()
            .Produces<TransferReceipt>(StatusCodes.Status201Created)
            .WithIdempotencyKey(isRequired: true)
            .WithProblems(
                SpendingProblems.SelfTransfer, SpendingProblems.UnknownParticipant, SpendingProblems.InsufficientFunds,
                SpendingProblems.LimitExceeded, SpendingProblems.BalanceTooLarge, SpendingProblems.ParticipantSuspended)
            .RequireAuthorization(Policy.Spend);
        api.MapGet("/recipient", FindRecipient)
            .WithName("recipient").WithSummary("Whom a transfer would reach")
            .WithDescription(
                "Name and whether it can be received. Of an excluded account, of an id that nobody has and of one's own the "
                + "answer is the same, in the same time. 30 an hour a participant; then 429 with Retry-After.")
            .WithTags(TransferTopic.Tag)
            .Produces<RecipientView>()
            .WithQuery("id", "A participant's id, exactly", isRequired: true)
            .RequireAuthorization(Policy.Spend);
    }

    private static async Task<IResult> FindRecipient(HttpContext context, GrainCalls calls)
    {
        var parameters = new Parameters(context.Request.Query);
        var id = parameters.ParticipantId("id");
        if (parameters.Fault is { } fault)
        {
            return fault;
        }

        var found = await calls.Read(
            (grains, attempt) => grains.GetGrain<ISpenderGrain>(context.User.SubjectId()).FindRecipient(id, attempt),
            context.RequestAborted);
        return found.RetryAfterSeconds is { } seconds
            ? new Problem(ProblemTypes.RateLimited) { RetryAfterSeconds = seconds }
            : TypedResults.Ok(new RecipientView(found.Id, found.Name, found.CanReceive));
    }

    private static Task<IResult> Transfer(HttpContext context, GrainCalls calls) => KeyedWrite.Answer(
        context, Address,
        body => (To: body.ParticipantId("to"), Amount: body.Amount("amount"), Note: body.OptionalReason("note")),
        async (key, sent) =>
        {
            var request = new TransferRequest(key, sent.To, sent.Amount, sent.Note);
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ISpenderGrain>(context.User.SubjectId()).Transfer(request, attempt),
                CancellationToken.None);
            return context.Answer(reply, transfer =>
            {
                context.Response.ShowSequence(transfer.Sequence);
                return TypedResults.Created((string?)null, new TransferReceipt(
                    transfer.Id, transfer.Sequence, transfer.At, transfer.To, transfer.Amount, transfer.Fee, transfer.Note));
            });
        });
}
