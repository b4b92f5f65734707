using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Spending;

/// <summary>
/// Why something that moves value, or uses what was bought, is refused. Slugs are for ever: clients decide by them.
/// </summary>
internal static class SpendingProblems
{
    public static readonly ProblemType SelfTransfer = new("self-transfer", 422, "Transfer to oneself",
        "Sender and receiver are the same participant. Nothing has moved.");

    public static readonly ProblemType UnknownParticipant = new("unknown-participant", 404, "Unknown participant",
        "Nobody who can receive STK has this id. Nothing has moved.");

    public static readonly ProblemType InsufficientFunds = new("insufficient-funds", 422, "Insufficient funds",
        "The available balance, or the fund, holds less than this costs, its fee included. Nothing has moved. The same Idempotency-Key is answered the same for ever: try again with another.");

    public static readonly ProblemType LimitExceeded = new("limit-exceeded", 422, "Limit exceeded",
        "The rule book allows less in one transfer, or in one UTC day. Nothing has moved.");

    public static readonly ProblemType BalanceTooLarge = new("balance-too-large", 422, "Balance too large",
        "The receiver's balance would be larger than a balance can be. Nothing has moved.");

    public static readonly ProblemType UnknownService = new("unknown-service", 404, "Unknown service",
        "There is no service with this id that this token may see.");

    public static readonly ProblemType ServiceWithdrawn = new("service-withdrawn", 410, "Service withdrawn",
        "The service is no longer sold. Nothing has moved.");

    public static readonly ProblemType PriceChanged = new("price-changed", 412, "Price changed",
        "The service has another version or price by now than the request expects. Read it again; nothing has moved.");

    public static readonly ProblemType RecipientUnresolved = new("recipient-unresolved", 422, "Recipient unresolved",
        "A role of the service's split has no participant: name one in recipients who is known, is not excluded and is not the buyer, and none for a role that the service sets. Nothing has moved.");

    public static readonly ProblemType UnknownPurchase = new("unknown-purchase", 404, "Unknown purchase",
        "There is no purchase with this id.");

    public static readonly ProblemType AlreadyRefunded = new("already-refunded", 409, "Already refunded",
        "This purchase was refunded before. Nothing has moved.");

    public static readonly ProblemType RefundTooLate = new("refund-too-late", 409, "Refund too late",
        "The days that the rule book gives for a refund are over. Nothing has moved.");

    public static readonly ProblemType RecipientHasSpent = new("recipient-has-spent", 409, "Recipient has spent",
        "A recipient of the purchase no longer holds its part, which a refund takes back whole. Nothing has moved.");

    public static readonly ProblemType FundNotSpendable = new("fund-not-spendable", 422, "Fund cannot be spent",
        "The rewards fund is spent by weekly runs alone. Nothing has moved.");

    public static readonly ProblemType NeedsSecondApproval = new("needs-second-approval", 403, "Needs a second operator",
        "Whoever asked, whoever gains by it, and whoever was taken over from an earlier build and is not confirmed yet, cannot decide it: another person of the register must. Nothing has changed.");

    public static readonly ProblemType OwnAffair = new("own-affair", 403, "Own affair",
        "Nobody changes, refunds, admits or judges as an operator what is their own, or pays themselves: another operator must. Nothing has changed.");

    public static readonly ProblemType UnknownApproval = new("unknown-approval", 404, "Unknown approval",
        "Nothing waits, or has waited, for a second person under this id.");

    public static readonly ProblemType ActOutdated = new("act-outdated", 412, "Act outdated",
        "What the act names has changed since it was asked for. Reject it, read again, and ask again; nothing has changed.");

    public static readonly ProblemType ActNotPossible = new("act-not-possible", 409, "Act not possible",
        "As things stand this cannot be done: a week has begun, something must come first, or it is so already. Nothing has changed.");

    public static readonly ProblemType UnknownSpending = new("unknown-spending", 404, "Unknown spending",
        "No spending from a fund has this id.");

    public static readonly ProblemType UnknownAppeal = new("unknown-appeal", 404, "Unknown appeal",
        "No appeal has this id.");

    public static readonly ProblemType AlreadyDecided = new("already-decided", 409, "Already decided",
        "This was approved or rejected before, or nobody has decided it in 14 days. Nothing has changed.");

    public static readonly ProblemType NoEntitlement = new("no-entitlement", 409, "No entitlement",
        "The participant has no active entitlement with a session left. Nothing has been used.");

    public static readonly ProblemType ParticipantSuspended = new("participant-suspended", 422, "Participant suspended",
        "An operator has suspended this account: what it has stays its own and it goes on receiving, and nothing leaves it until two operators have lifted that. Write to the operators, and say what you know; nothing has moved.");

    public static readonly ProblemType WeekNotSettled = new("week-not-settled", 409, "Week not settled",
        "The week's rewards are not posted yet: events and levels can still be sent, or an operator closes the week first. Nothing has moved.");

    public static readonly ProblemType UnknownEntitlement = new("unknown-entitlement", 404, "Unknown entitlement",
        "The participant has no entitlement with this id.");

    public static readonly ProblemType NotRenewable = new("not-renewable", 409, "Not renewable",
        "Only what is bought for months is renewed, while it has not ended. Nothing has changed.");

    public static readonly ProblemType BelowMinimum = new("below-minimum", 422, "Below the minimum",
        "The rule book pays out more at once (settlement.minimum). Nothing has moved.");

    public static readonly ProblemType WalletWaiting = new("wallet-waiting", 409, "Wallet waits",
        "The wallet was linked too short a time ago: nothing is paid to it before payableFrom. Nothing has moved.");

    public static readonly ProblemType SettlementPaused = new("settlement-paused", 503, "Settlement paused",
        "Payouts are held by an operator, by a difference between ledger and chain, or by a recovery. Nothing has moved; ask again later.");

    public static readonly ProblemType PayoutUnderWay = new("payout-under-way", 409, "Payout under way",
        "A batch has this payout, or it has ended: it cannot be called off any more. Nothing has changed.");

    public static readonly ProblemType UnknownPayout = new("unknown-payout", 404, "Unknown payout",
        "The participant has no payout with this id.");

    public static readonly ProblemType EvidenceContradicts = new("evidence-contradicts", 409, "Evidence contradicts",
        "A node that was looked at just now shows otherwise; the detail says which, and what. Nothing has changed.");

    public static readonly ProblemType UnknownSource = new("unknown-source", 404, "Unknown source",
        "No source of events has this name. Nothing has changed.");

    public static readonly ProblemType UnknownDeposit = new("unknown-deposit", 404, "Unknown deposit",
        "Nothing has arrived from outside under this id.");

    public static readonly ProblemType NoSender = new("no-sender", 422, "No sender",
        "Several have sent this deposit together: there is nobody to whom it could go back. Two operators can assign it; nothing has changed.");

    public static readonly ProblemType UnknownDifference = new("unknown-difference", 404, "Unknown difference",
        "Ledger and chain do not differ in anything of this id.");

    public static readonly ProblemType UnknownVoid = new("unknown-void", 404, "Unknown void",
        "The source has nothing void under this id: it waits for another operator still, or was never asked for. Nothing has changed.");

    public static readonly ProblemType MintBeyondIssued = new("mint-beyond-issued", 422, "Mint beyond what is issued",
        "With what was minted before, more would be on chain than the ledger has issued. Nothing has changed.");

    public static readonly ProblemType FloatFull = new("float-full", 422, "Float full",
        "With what it holds and what is on its way, the float would hold more than FloatMax. Nothing has changed.");

    public static readonly ProblemType BurnBeyondBurned = new("burn-beyond-burned", 422, "Burn beyond what is burned",
        "With what was burned on chain before, more would be burned there than the ledger has burned. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        SelfTransfer, UnknownParticipant, InsufficientFunds, LimitExceeded, BalanceTooLarge, UnknownService,
        ServiceWithdrawn, PriceChanged, RecipientUnresolved, UnknownPurchase, AlreadyRefunded, RefundTooLate,
        RecipientHasSpent, FundNotSpendable, NeedsSecondApproval, UnknownSpending, AlreadyDecided, NoEntitlement,
        ParticipantSuspended, OwnAffair, UnknownApproval, ActOutdated, ActNotPossible, UnknownAppeal,
        WeekNotSettled, UnknownEntitlement, NotRenewable, BelowMinimum, WalletWaiting, SettlementPaused,
        PayoutUnderWay, UnknownPayout, EvidenceContradicts, UnknownSource, UnknownVoid,
        MintBeyondIssued, FloatFull, BurnBeyondBurned,
        UnknownDeposit, UnknownDifference, NoSender,
    ];
}
