using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Participants;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Spending;
using Stk.ApiHost.Wallets;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Wallets;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Payouts;

/// <summary>What a participant takes to the linked wallet, and what becomes of it.</summary>
internal static class PayoutEndpoints
{
    public static void MapPayouts(this IEndpointRouteBuilder api)
    {
        api.MapPost("/wallet/withdraw", Withdraw)
            .WithName("wallet-withdraw").WithSummary("Take STK to the linked wallet")
            .WithDescription(
                "Answered means that the STK are set aside (settling) and the payout is written: the chain follows by itself, "
                + "and a chain that is down only makes it wait. Neither fee nor rent is taken from the amount.")
            .WithTags(PayoutTopic.Tag)
            .WithBody<WithdrawBody>()
            .Produces<PayoutItem>(StatusCodes.Status202Accepted)
            .WithIdempotencyKey(isRequired: true)
            .WithProblems(
                WalletProblems.FreshLoginNeeded, WalletProblems.NoWallet, SpendingProblems.WalletWaiting,
                SpendingProblems.BelowMinimum, SpendingProblems.InsufficientFunds, SpendingProblems.SettlementPaused,
                SpendingProblems.ParticipantSuspended, SpendingProblems.BalanceTooLarge)
            .RequireAuthorization(Policy.Spend);
        api.MapGet("/wallet/payouts", List)
            .WithName("wallet-payouts").WithSummary("What has left for wallets, newest first, and what is on its way")
            .WithTags(PayoutTopic.Tag)
            .WithParticipant().WithPages()
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapGet("/wallet/payouts/{id}", Get)
            .WithName("wallet-payout").WithSummary("One payout, and how it stands")
            .WithTags(PayoutTopic.Tag)
            .Produces<PayoutItem>()
            .WithParticipant()
            .WithProblems(SpendingProblems.UnknownPayout)
            .RequireAuthorization(Policy.ReadParticipant);
        api.MapDelete("/wallet/payouts/{id}", CallOff)
            .WithName("wallet-payout-call-off").WithSummary("Call a payout off, until a batch has it")
            .WithDescription("What it would have paid is available again.")
            .WithTags(PayoutTopic.Tag)
            .Produces<PayoutItem>()
            .WithIdempotencyKey(isRequired: true)
            .WithProblems(
                SpendingProblems.UnknownPayout, SpendingProblems.PayoutUnderWay, SpendingProblems.BalanceTooLarge,
                ProblemTypes.OutcomeUnknown)
            .RequireAuthorization(Policy.Spend);
    }

    private static Task<IResult> Withdraw(HttpContext context, GrainCalls calls, Explorer explorer) => KeyedWrite.Answer(
        context, "POST /wallet/withdraw", body => body.Amount("amount"),
        async (key, amount) =>
        {
            var request = new WithdrawRequest(key, amount, context.User.SignedInAt());
            var reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ISpenderGrain>(context.User.SubjectId()).Withdraw(request, attempt),
                CancellationToken.None);
            return reply is SpendingReply<PayoutView>.Refused { Reason: SpendingRefusal.WalletWaiting }
                ? await Waiting(context, calls)
                : context.Answer(reply, payout => TypedResults.Accepted(
                    $"{ApiAddress.Root}/wallet/payouts/{payout.Id}", Shown(context, payout, explorer)));
        });

    private static Task<Results<Ok<PageView<PayoutItem>>, Problem>> List(
        HttpContext context, GrainCalls calls, Explorer explorer) => OwnPage.Of(context).Answer(
            calls, (records, request, attempt) => records.GetPayouts(request, attempt),
            page => page.IsCursorValid
                ? new PageView<PayoutItem>([.. page.Payouts.Select(payout => PayoutItem.Of(payout, explorer))], page.Next)
                : null);

    private static async Task<IResult> Get(string id, HttpContext context, GrainCalls calls, Explorer explorer)
    {
        if (!UuidPath.TryParse(id, out var payout))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        if (!(await context.Participant(new(context.Request.Query), calls)).IsRead(out var participant, out var problem))
        {
            return problem;
        }

        var found = await calls.Read(
            (grains, attempt) => grains.GetGrain<IRecordsGrain>(participant).GetPayout(payout, attempt),
            context.RequestAborted);
        return found is null
            ? new Problem(SpendingProblems.UnknownPayout)
            : TypedResults.Ok(PayoutItem.Of(found, explorer));
    }

    private static async Task<IResult> CallOff(string id, HttpContext context, GrainCalls calls, Explorer explorer)
    {
        if (!UuidPath.TryParse(id, out var payout))
        {
            return Problem.Invalid("id", UuidPath.Rule);
        }

        return await KeyedWrite.Answer(
            context, $"DELETE /wallet/payouts/{payout}", _ => 0,
            async (key, _) =>
            {
                var reply = await calls.Write(
                    (grains, attempt) => grains.GetGrain<ISpenderGrain>(context.User.SubjectId())
                        .CallPayoutOff(new(key, payout), attempt),
                    CancellationToken.None);
                return context.Answer(reply, returned => TypedResults.Ok(Shown(context, returned, explorer)));
            },
            mayBeAbsent: true);
    }

    private static PayoutItem Shown(HttpContext context, PayoutView payout, Explorer explorer)
    {
        if (payout.Sequence is { } sequence)
        {
            context.Response.ShowSequence(sequence);
        }

        return PayoutItem.Of(payout, explorer);
    }

    // Since when it may be paid to is the wallet's to say.
    private static async Task<IResult> Waiting(HttpContext context, GrainCalls calls)
    {
        var reply = await calls.Read(
            (grains, attempt) => grains.GetGrain<IWalletGrain>(context.User.SubjectId()).Get(attempt),
            context.RequestAborted);
        return reply is WalletReply.Done { Wallet.PayableFrom: { } payableFrom }
            ? new Problem(SpendingProblems.WalletWaiting)
            {
                Detail = string.Create(
                    CultureInfo.InvariantCulture,
                    $"The wallet was linked too short a time ago: nothing is paid to it before {payableFrom:yyyy-MM-ddTHH:mm:ssZ} (payableFrom). Nothing has moved."),
            }
            : new Problem(SpendingProblems.WalletWaiting);
    }
}
