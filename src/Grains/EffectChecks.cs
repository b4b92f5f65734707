using System.Collections.Immutable;
using Stk.Grains.Approvals;
using Stk.Grains.Corrections;
using Stk.Grains.Deposits;
using Stk.Grains.Entitlements;
using Stk.Grains.Inactivity;
using Stk.Grains.Notices;
using Stk.Grains.Payouts;
using Stk.Grains.Purchases;
using Stk.Grains.Reconciling;
using Stk.Grains.Renewals;
using Stk.Grains.Requests;
using Stk.Grains.Signatures;
using Stk.Grains.Transfers;
using Stk.Grains.Treasury;
using Stk.Grains.Vesting;
using Stk.Grains.Weeks;
using Stk.Ledger.Effects;

namespace Stk.Grains;

/// <summary>A check of each sort of effect that the actors post, for whoever verifies the ledger.</summary>
public static class EffectChecks
{
    public static ImmutableArray<IEffectCheck> All { get; } =
    [
        WeekPaymentsEffect.Check,
        GrantsEffect.Check,
        RequestEffect.Check,
        TransferEffect.Check,
        PurchaseEffect.Check,
        PurchasePartsEffect.Check,
        EntitlementEffect.Check,
        RefundEffect.Check,
        FundSpendEffect.Check,
        FundGrantEffect.Check,
        SignatureEffect.Check,
        DecisionEffect.Check,
        NoticeEffect.Check,
        GrantDecisionEffect.Check,
        DebitEffect.Check,
        CreditEffect.Check,
        AppealDecisionEffect.Check,
        CorrectionEffect.Check,
        RenewalEffect.Check,
        RenewalChoiceEffect.Check,
        WithdrawalEffect.Check,
        SettlementEffect.Check,
        PayoutReturnEffect.Check,
        DepositEffect.Check,
        DepositAssignmentEffect.Check,
        DepositReturnEffect.Check,
        CoverEffect.Check,
    ];
}
