using System.Diagnostics;
using Stk.ApiHost.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Problems;

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
            SpendingReply<T>.Refused { Reason: var reason } => Of(reason),
            SpendingReply<T>.KeyReused => new Problem(ProblemTypes.IdempotencyKeyReused),
            _ => throw new UnreachableException(),
        };
    }

    private static Problem Of(SpendingRefusal reason) => reason switch
    {
        SpendingRefusal.InsufficientFunds => new(ProblemTypes.InsufficientFunds),
        SpendingRefusal.SelfTransfer => new(ProblemTypes.SelfTransfer),
        SpendingRefusal.UnknownParticipant => new(ProblemTypes.UnknownParticipant),
        SpendingRefusal.AboveTransferLimit => new(ProblemTypes.LimitExceeded)
        {
            Detail = "The rule book allows less in one transfer. Nothing has moved.",
        },
        SpendingRefusal.AboveDayLimit => new(ProblemTypes.LimitExceeded)
        {
            Detail = "The rule book allows less in one UTC day, with what was sent before. Nothing has moved.",
        },
        SpendingRefusal.UnknownService => new(ProblemTypes.UnknownService),
        SpendingRefusal.ServiceWithdrawn => new(ProblemTypes.ServiceWithdrawn),
        SpendingRefusal.PriceChanged => new(ProblemTypes.PriceChanged),
        SpendingRefusal.RecipientUnresolved => new(ProblemTypes.RecipientUnresolved),
        SpendingRefusal.RecipientIsBuyer => new(ProblemTypes.RecipientUnresolved)
        {
            Detail = "A recipient of the split is the buyer. Nothing has moved.",
        },
        SpendingRefusal.UnknownPurchase => new(ProblemTypes.UnknownPurchase),
        SpendingRefusal.AlreadyRefunded => new(ProblemTypes.AlreadyRefunded),
        SpendingRefusal.RefundTooLate => new(ProblemTypes.RefundTooLate),
        SpendingRefusal.RecipientHasSpent => new(ProblemTypes.RecipientHasSpent),
        SpendingRefusal.FundNotSpendable => new(ProblemTypes.FundNotSpendable),
        SpendingRefusal.NeedsSecondApproval => new(ProblemTypes.NeedsSecondApproval),
        SpendingRefusal.UnknownSpending => new(ProblemTypes.UnknownSpending),
        SpendingRefusal.AlreadyDecided => new(ProblemTypes.AlreadyDecided),
        SpendingRefusal.NoEntitlement => new(ProblemTypes.NoEntitlement),
        SpendingRefusal.BalanceTooLarge => new(ProblemTypes.BalanceTooLarge),
        _ => throw new UnreachableException(),
    };
}
