using Stk.ApiHost.Cluster;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.ApiHost.Tokens;
using Stk.GrainInterfaces.Spending;

namespace Stk.ApiHost.Transfers;

/// <summary>From one participant to another.</summary>
internal static class TransferEndpoints
{
    private const string Address = "POST /transfer";

    public static void MapTransfers(this IEndpointRouteBuilder api) =>
        api.MapPost("/transfer", Transfer)
            .WithName("transfer").WithSummary("Send STK to another participant")
            .WithDescription("Answered means committed. The sender pays the amount and, where the rule book has one, its fee.")
            .WithTags(TransferTopic.Tag)
            .WithBody<TransferBody>()
            .Produces<TransferReceipt>(StatusCodes.Status201Created)
            .WithIdempotencyKey(isRequired: true)
            .WithProblems(
                SpendingProblems.SelfTransfer, SpendingProblems.UnknownParticipant, SpendingProblems.InsufficientFunds,
                SpendingProblems.LimitExceeded, SpendingProblems.BalanceTooLarge)
            .RequireAuthorization(Policy.Spend);

    private static async Task<IResult> Transfer(HttpContext context, GrainCalls calls)
    {
        var (key, keyProblem) = context.Request.RequiredKey();
        if (keyProblem is not null)
        {
            return keyProblem;
        }

        var (body, problem) = await JsonBody.Read(context.Request);
        if (body is null)
        {
            return problem ?? throw new InvalidOperationException("neither body nor problem");
        }

        using (body)
        {
            var to = body.ParticipantId("to");
            var amount = body.Amount("amount");
            var note = body.OptionalReason("note");
            if (body.Fault is { } fault)
            {
                return fault;
            }

            var sender = context.User.SubjectId();
            var request = new TransferRequest(context.RequestKey(key, Address, body), to, amount, note);
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ISpenderGrain>(sender).Transfer(request, attempt),
                CancellationToken.None);
            return context.Answer(reply, transfer =>
            {
                context.Response.ShowSequence(transfer.Sequence);
                return TypedResults.Created((string?)null, new TransferReceipt(
                    transfer.Id, transfer.Sequence, transfer.At, transfer.To, transfer.Amount, transfer.Fee, transfer.Note));
            });
        }
    }
}
