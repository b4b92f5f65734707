namespace Stk.Rules.Spending;

/// <summary>Why nothing was spent. Stored and sent: add at the end, never renumber.</summary>
public enum SpendingRefusal : short
{
    /// <summary>The payer's account, or the fund, holds less.</summary>
    InsufficientFunds = 1,

    SelfTransfer = 2,

    /// <summary>
    /// Nobody has this id, or the account is excluded: one answer for both, so that ids cannot be tried out.
    /// </summary>
    UnknownParticipant = 3,

    /// <summary>More than the rule book allows in one transfer.</summary>
    AboveTransferLimit = 4,

    /// <summary>More than the rule book allows in one UTC day, with what was sent before.</summary>
    AboveDayLimit = 5,

    /// <summary>No service has this id, or it was never admitted.</summary>
    UnknownService = 6,

    ServiceWithdrawn = 7,

    /// <summary>The price or the version is no longer what the buyer has read.</summary>
    PriceChanged = 8,

    /// <summary>A role of the split has no participant, or one that is unknown or excluded.</summary>
    RecipientUnresolved = 9,

    RecipientIsBuyer = 10,

    UnknownPurchase = 11,
    AlreadyRefunded = 12,

    /// <summary>The window that the rule book gives is over.</summary>
    RefundTooLate = 13,

    /// <summary>A recipient no longer has its part.</summary>
    RecipientHasSpent = 14,

    /// <summary>Weekly runs alone spend <c>fund:rewards</c>.</summary>
    FundNotSpendable = 15,

    /// <summary>Above the limit: a second operator must approve, and this is the first.</summary>
    NeedsSecondApproval = 16,

    /// <summary>No spending waits under this id.</summary>
    UnknownSpending = 17,

    /// <summary>It was approved or rejected before.</summary>
    AlreadyDecided = 18,

    /// <summary>No active entitlement with a session left.</summary>
    NoEntitlement = 19,

    /// <summary>A balance would not fit.</summary>
    BalanceTooLarge = 20,

    /// <summary>Who asks is no operator by the register.</summary>
    OperatorUnknown = 21,

    /// <summary>Nobody decides what is their own.</summary>
    OwnAffair = 22,

    /// <summary>Nothing waits, or has waited, under this id.</summary>
    UnknownApproval = 23,

    /// <summary>Nobody has decided in time.</summary>
    ApprovalExpired = 24,

    /// <summary>What the act names has changed since it was asked.</summary>
    ActOutdated = 25,

    /// <summary>The act cannot be done as things stand: a week has begun, or something must come first.</summary>
    ActNotPossible = 26,

    /// <summary>The payer is suspended: nothing of theirs leaves.</summary>
    ParticipantSuspended = 30,

    /// <summary>No appeal has this id.</summary>
    UnknownAppeal = 31,

    /// <summary>The week's rewards are not posted yet: there is nothing to correct.</summary>
    WeekNotSettled = 34,

    /// <summary>What was bought is not for months, or it has ended.</summary>
    NotRenewable = 35,

    /// <summary>The participant has no entitlement with this id.</summary>
    UnknownEntitlement = 36,

    /// <summary>No wallet is linked to which something could be paid.</summary>
    NoWallet = 40,

    /// <summary>Less than the rule book pays out.</summary>
    BelowMinimum = 41,

    /// <summary>The wallet was linked too short a time ago.</summary>
    WalletWaiting = 42,

    /// <summary>An operator, a mismatch or a recovery holds payouts.</summary>
    SettlementPaused = 43,

    /// <summary>A batch has the payout, or it has ended: it cannot be called off.</summary>
    PayoutUnderWay = 44,

    /// <summary>The participant has no payout with this id.</summary>
    UnknownPayout = 45,

    /// <summary>This installation pays nothing out to wallets.</summary>
    SettlementOff = 46,

    /// <summary>Whoever asks has signed in too long ago.</summary>
    LoginNotFresh = 47,

    /// <summary>A node shows otherwise than two operators would say of an act on chain.</summary>
    EvidenceContradicts = 48,

    /// <summary>No node has answered well enough to hold operators' word against it.</summary>
    ChainSilent = 49,

    /// <summary>No source of events has this name.</summary>
    UnknownSource = 50,

    /// <summary>The source has nothing void under this id.</summary>
    UnknownVoid = 51,

    /// <summary>More would be minted than the ledger has issued.</summary>
    MintBeyondIssued = 52,

    /// <summary>The float would hold more than it may.</summary>
    FloatFull = 53,

    /// <summary>More would be burned on chain than the ledger has burned.</summary>
    BurnBeyondBurned = 54,

    /// <summary>Several have sent the deposit together: there is nobody to whom it could go back.</summary>
    NoSender = 55,

    /// <summary>Nothing has arrived from outside under this id.</summary>
    UnknownDeposit = 56,

    /// <summary>Ledger and chain do not differ in anything of this id.</summary>
    UnknownDifference = 57,
}
