namespace Stk.Ledger.Effects;

/// <summary>The sort of an effect, across all topics. Hashed: add at the end, never renumber.</summary>
public enum EffectKind : short
{
    WeekPayments = 1,
    WeekGrants = 2,
    Request = 3,
    Transfer = 4,
    Purchase = 5,
    PurchaseParts = 6,
    Entitlement = 7,
    Refund = 8,
    FundSpend = 9,
    FundGrant = 10,
    Signature = 11,
    Decision = 12,
    Notice = 13,
    VestingDecision = 14,
    InactivityDebit = 15,
    InactivityCredit = 16,
    AppealDecision = 17,
    Correction = 18,
    Renewal = 19,
    RenewalChoice = 20,

    /// <summary>A payout that is asked for.</summary>
    Withdrawal = 21,

    /// <summary>A payout that has landed.</summary>
    Settlement = 22,

    /// <summary>A payout that goes back.</summary>
    PayoutReturn = 23,

    /// <summary>What has arrived from outside.</summary>
    Deposit = 24,

    /// <summary>What was nobody's, and is somebody's by two operators' word.</summary>
    DepositAssignment = 25,

    /// <summary>A difference between ledger and chain that is made good.</summary>
    Cover = 26,

    /// <summary>What was nobody's, and was sent back.</summary>
    DepositReturn = 27,
}
