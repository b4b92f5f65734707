using System.Diagnostics;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Requests;
using Stk.ApiHost.Wallets;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Spending;

/// <summary>From what became of a write that may move value to its answer.</summary>
internal static class SpendingAnswers
{
    /// <param name="done">The answer where it is done.</param>
    public static IResult Answer<T>(this HttpContext context, SpendingReply<T> reply, Func<T, IResult> done)
    {
        if (reply is SpendingReply<T>.Done { IsReplay: true } or SpendingReply<T>.Refused { IsReplay: true })
        {
            context.Response.SayReplayed();
        }

        return reply switch
        {
            SpendingReply<T>.Done { View: var view } => done(view),
            SpendingReply<T>.Refused { Reason: SpendingRefusal.NeedsSecondApproval } => NeedsSecond(context),
            SpendingReply<T>.Refused { Reason: var reason, Detail: { } detail } => Of(reason) with { Detail = detail },
            SpendingReply<T>.Refused { Reason: var reason } => Of(reason),
            SpendingReply<T>.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
            _ => throw new UnreachableException(),
        };
    }

    private static Problem NeedsSecond(HttpContext context) =>
        context.RequestServices.GetRequiredService<RegisterCache>().HasNoSecondOperator()
            ? new(SpendingProblems.NeedsSecondApproval)
            {
                Detail = "The register has one operator alone, and this takes two persons: enter another one first. Nothing has changed.",
            }
            : new(SpendingProblems.NeedsSecondApproval);

    /// <summary>What a refusal is as a problem.</summary>
    public static Problem Of(SpendingRefusal reason) => reason switch
    {
        SpendingRefusal.InsufficientFunds => new(SpendingProblems.InsufficientFunds),
        SpendingRefusal.SelfTransfer => new(SpendingProblems.SelfTransfer),
        SpendingRefusal.UnknownParticipant => new(SpendingProblems.UnknownParticipant),
        SpendingRefusal.AboveTransferLimit => new(SpendingProblems.LimitExceeded)
        {
            Detail = "The rule book allows less in one transfer. Nothing has moved.",
        },
        SpendingRefusal.AboveDayLimit => new(SpendingProblems.LimitExceeded)
        {
            Detail = "The rule book allows less in one UTC day, with what was sent before. Nothing has moved.",
        },
        SpendingRefusal.UnknownService => new(SpendingProblems.UnknownService),
        SpendingRefusal.ServiceWithdrawn => new(SpendingProblems.ServiceWithdrawn),
        SpendingRefusal.PriceChanged => new(SpendingProblems.PriceChanged),
        SpendingRefusal.RecipientUnresolved => new(SpendingProblems.RecipientUnresolved),
        SpendingRefusal.RecipientIsBuyer => new(SpendingProblems.RecipientUnresolved)
        {
            Detail = "A recipient of the split is the buyer. Nothing has moved.",
        },
        SpendingRefusal.UnknownPurchase => new(SpendingProblems.UnknownPurchase),
        SpendingRefusal.AlreadyRefunded => new(SpendingProblems.AlreadyRefunded),
        SpendingRefusal.RefundTooLate => new(SpendingProblems.RefundTooLate),
        SpendingRefusal.RecipientHasSpent => new(SpendingProblems.RecipientHasSpent),
        SpendingRefusal.FundNotSpendable => new(SpendingProblems.FundNotSpendable),
        SpendingRefusal.UnknownAppeal => new(SpendingProblems.UnknownAppeal),
        SpendingRefusal.UnknownSpending => new(SpendingProblems.UnknownSpending),
        SpendingRefusal.AlreadyDecided => new(SpendingProblems.AlreadyDecided),
        SpendingRefusal.NoEntitlement => new(SpendingProblems.NoEntitlement),
        SpendingRefusal.ParticipantSuspended => new(SpendingProblems.ParticipantSuspended),
        SpendingRefusal.BalanceTooLarge => new(SpendingProblems.BalanceTooLarge),
        SpendingRefusal.OperatorUnknown => new(ProblemTypes.OperatorUnknown),
        SpendingRefusal.OwnAffair => new(SpendingProblems.OwnAffair),
        SpendingRefusal.UnknownApproval => new(SpendingProblems.UnknownApproval),
        SpendingRefusal.ApprovalExpired => new(SpendingProblems.AlreadyDecided)
        {
            Detail = "Nobody has decided it in 14 days: it has expired. Ask again; nothing has changed.",
        },
        SpendingRefusal.ActOutdated => new(SpendingProblems.ActOutdated),
        SpendingRefusal.ActNotPossible => new(SpendingProblems.ActNotPossible),
        SpendingRefusal.WeekNotSettled => new(SpendingProblems.WeekNotSettled),
        SpendingRefusal.UnknownEntitlement => new(SpendingProblems.UnknownEntitlement),
        SpendingRefusal.NotRenewable => new(SpendingProblems.NotRenewable),
        SpendingRefusal.NoWallet => new(WalletProblems.NoWallet),
        SpendingRefusal.BelowMinimum => new(SpendingProblems.BelowMinimum),
        SpendingRefusal.WalletWaiting => new(SpendingProblems.WalletWaiting),
        SpendingRefusal.SettlementPaused => new(SpendingProblems.SettlementPaused),
        SpendingRefusal.PayoutUnderWay => new(SpendingProblems.PayoutUnderWay),
        SpendingRefusal.UnknownPayout => new(SpendingProblems.UnknownPayout),
        SpendingRefusal.SettlementOff => new(ProblemTypes.Unavailable)
        {
            Detail = "This installation pays nothing out to wallets: it has no nodes of Solana, or no mint there.",
        },
        SpendingRefusal.EvidenceContradicts => new(SpendingProblems.EvidenceContradicts),
        SpendingRefusal.ChainSilent => new(ProblemTypes.Unavailable)
        {
            Detail = "No node of Solana has answered well enough to hold this against. Nothing has changed; ask again later.",
        },
        SpendingRefusal.UnknownSource => new(SpendingProblems.UnknownSource),
        SpendingRefusal.MintBeyondIssued => new(SpendingProblems.MintBeyondIssued),
        SpendingRefusal.FloatFull => new(SpendingProblems.FloatFull),
        SpendingRefusal.BurnBeyondBurned => new(SpendingProblems.BurnBeyondBurned),
        SpendingRefusal.UnknownVoid => new(SpendingProblems.UnknownVoid),
        SpendingRefusal.NoSender => new(SpendingProblems.NoSender),
        SpendingRefusal.UnknownDeposit => new(SpendingProblems.UnknownDeposit),
        SpendingRefusal.UnknownDifference => new(SpendingProblems.UnknownDifference),
        SpendingRefusal.LoginNotFresh => new(WalletProblems.FreshLoginNeeded),
        _ => throw new UnreachableException(),
    };
}
