using Stk.Grains.Approvals;
using Stk.Grains.Registry;
using Stk.Rules.Money;

namespace Stk.Grains.Inactivity;

/// <summary>An operator's last word on an appeal.</summary>
/// <param name="At">Of the commit, where it moves something.</param>
/// <param name="Request">The id of the request that says it.</param>
internal sealed record AppealDecision(
    Guid Appeal, bool IsAccepted, DateTimeOffset At, ActingPerson By, string Reason, Guid Request)
{
    /// <summary>What had waited for a second person; null where one was enough.</summary>
    public Guid? Approval { get; init; }

    /// <summary>What one person's signature alone spares, where nothing is moved; null where there is nothing.</summary>
    public Amount? Spared { get; init; }

    /// <summary>As the log names it.</summary>
    public string Action => Approval is null ? "appeal.decide" : AppealAcceptance.KindName;

    public static AppealDecision Of(Guid appeal, Approval approval) => new(
        appeal, IsAccepted: true, approval.At, approval.By, approval.Reason, approval.Key.Id)
    {
        Approval = approval.Asked.Id,
    };
}

/// <summary>What is taken because an appeal of before the debit was rejected.</summary>
/// <param name="Of">The attempt that counted until now.</param>
/// <param name="Attempt">The first after it that the ledger has not refused.</param>
/// <param name="BaseSequence">Of the commit that has left so much available.</param>
internal sealed record NewAttempt(StoredLine Of, int Attempt, long BaseMicro, long BaseSequence, long AmountMicro);
