using Microsoft.Extensions.Logging;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Payouts;
using Stk.Rules.Quarters;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;

namespace Stk.Grains;

// Free text that people wrote is in no log: it is in the tables, and can be erased there.
// Event ids: Ledger 1000-1999, Grains 2000-2999, Solana 3000-3999, ApiHost 4000-4999. Never reused.
internal static partial class Log
{
    [LoggerMessage(EventId = 2001, EventName = "journal.follower.failed", Level = LogLevel.Warning,
        Message = "Following the journal failed behind commit {Sequence}; it is tried again")]
    public static partial void FollowerFailed(ILogger logger, Exception exception, long sequence);

    [LoggerMessage(EventId = 2002, EventName = "call.failed", Level = LogLevel.Warning,
        Message = "{InterfaceName}.{MethodName} failed at the database; its caller was told")]
    public static partial void CallFailed(
        ILogger logger, Exception exception, string? interfaceName, string? methodName);

    [LoggerMessage(EventId = 2003, EventName = "silo.startup.repeated", Level = LogLevel.Warning,
        Message = "A call at this silo's start failed with {Exception} after {ElapsedMs} ms; it is sent again")]
    public static partial void StartupRepeated(ILogger logger, string exception, long elapsedMs);

    [LoggerMessage(EventId = 2004, EventName = "journal.hints.failed", Level = LogLevel.Warning,
        Message = "Listening for commits failed; the journal is polled, and it is tried again")]
    public static partial void HintsFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2101, EventName = "week.close.asked", Level = LogLevel.Information,
        Message = "Close of week {Week} asked by {By}; override: {IsOverride}")]
    public static partial void CloseAsked(ILogger logger, WeekId week, string by, bool isOverride);

    [LoggerMessage(EventId = 2102, EventName = "week.stage.begun", Level = LogLevel.Debug,
        Message = "Week {Week}: stage {Stage} begins")]
    public static partial void StageBegun(ILogger logger, WeekId week, WeekStage stage);

    [LoggerMessage(EventId = 2103, EventName = "week.stage.done", Level = LogLevel.Debug,
        Message = "Week {Week}: stage {Stage} is done")]
    public static partial void StageDone(ILogger logger, WeekId week, WeekStage stage);

    [LoggerMessage(EventId = 2104, EventName = "week.stage.failed", Level = LogLevel.Error,
        Message = "Week {Week}: stage {Stage} failed; it is tried again")]
    public static partial void StageFailed(ILogger logger, Exception exception, WeekId week, WeekStage? stage);

    [LoggerMessage(EventId = 2105, EventName = "week.settled", Level = LogLevel.Information,
        Message = "Week {Week} is settled: {Participants} participants, {Paid} of {Reserved} STK paid; journal head {Head}")]
    public static partial void WeekSettled(
        ILogger logger, WeekId week, int participants, Amount paid, Amount reserved, string head);

    [LoggerMessage(EventId = 2110, EventName = "emission.refused", Level = LogLevel.Error,
        Message = "The ledger refused the emission of {Day}: {Refusal}; the next attempt is number {Attempt}")]
    public static partial void EmissionRefused(
        ILogger logger, string day, Ledger.Machine.Refusal refusal, int attempt);

    [LoggerMessage(EventId = 2120, EventName = "vesting.run", Level = LogLevel.Information,
        Message = "Vesting of {Day:yyyy-MM-dd}, shard {Shard}: {Decided} decided, {Posted} paid out, {Waiting} wait")]
    public static partial void VestingRun(
        ILogger logger, DateOnly day, int shard, int decided, int posted, int waiting);

    [LoggerMessage(EventId = 2121, EventName = "vesting.refused", Level = LogLevel.Error,
        Message = "The ledger refused to pay out the decision {Decision}: {Refusal}")]
    public static partial void DecisionRefused(ILogger logger, Guid decision, Ledger.Machine.Refusal refusal);

    [LoggerMessage(EventId = 2122, EventName = "vesting.no-events", Level = LogLevel.Error,
        Message = "The frozen reward that decision {Decision} would be of has no counted events: it stays frozen")]
    public static partial void GrantStandsOnNothing(ILogger logger, Guid decision);

    [LoggerMessage(EventId = 2151, EventName = "inactivity.warned", Level = LogLevel.Information,
        Message = "{Quarter}, {Days} days before it: {Participants} participants are warned of what it takes")]
    public static partial void QuarterWarned(ILogger logger, QuarterId quarter, int days, int participants);

    [LoggerMessage(EventId = 2152, EventName = "inactivity.done", Level = LogLevel.Information,
        Message = "{Quarter} has assessed {Participants} participants and takes {Amount} STK; journal head {Head}")]
    public static partial void QuarterDone(
        ILogger logger, QuarterId quarter, int participants, Amount amount, string head);

    [LoggerMessage(EventId = 2153, EventName = "inactivity.failed", Level = LogLevel.Error,
        Message = "{Quarter}: the run (0) or the warning of {Days} days before failed; it is tried again")]
    public static partial void QuarterFailed(ILogger logger, Exception exception, QuarterId quarter, int days);

    [LoggerMessage(EventId = 2154, EventName = "inactivity.restoration.waits", Level = LogLevel.Warning,
        Message = "Week {Week}: {Due} STK are to be given back to those who have returned, the fund holds {Fund}: all wait")]
    public static partial void RestorationWaits(ILogger logger, WeekId week, Amount due, Amount fund);

    [LoggerMessage(EventId = 2155, EventName = "schedule.skipped", Level = LogLevel.Warning,
        Message = "{Kind} of {Subject} is skipped, by {By}")]
    public static partial void WorkSkipped(ILogger logger, string kind, string subject, string by);

    [LoggerMessage(EventId = 2156, EventName = "ledger.audit.done", Level = LogLevel.Information,
        Message = "The ledger adds up: {Looked}")]
    public static partial void AuditDone(ILogger logger, string looked);

    [LoggerMessage(EventId = 2157, EventName = "ledger.audit.broken", Level = LogLevel.Critical,
        Message = "The ledger does not add up. First row that does not fit: {Fault}")]
    public static partial void AuditBroken(ILogger logger, string fault);

    [LoggerMessage(EventId = 2158, EventName = "ledger.audit.failed", Level = LogLevel.Error,
        Message = "The audit of the ledger could not be done; it is tried again")]
    public static partial void AuditFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2170, EventName = "notices.week-told", Level = LogLevel.Information,
        Message = "{Participants} participants are told of {Week}")]
    public static partial void WeekTold(ILogger logger, WeekId week, int participants);

    [LoggerMessage(EventId = 2175, EventName = "deliveries.failed", Level = LogLevel.Error,
        Message = "Deliveries could not be looked for or made; it is tried again")]
    public static partial void DeliveriesFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2176, EventName = "delivery.lost", Level = LogLevel.Error,
        Message = "What became of notice {Notice} on channel {Channel} could not be stored; it is tried again when its lease is over")]
    public static partial void DeliveryLost(ILogger logger, Exception exception, Guid notice, NoticeChannel channel);

    [LoggerMessage(EventId = 2177, EventName = "delivery.no-words", Level = LogLevel.Error,
        Message = "Notice {Notice} of kind {Kind} could not be put into words: it is dead until an operator has it tried again")]
    public static partial void NoWords(ILogger logger, Exception exception, Guid notice, string kind);

    [LoggerMessage(EventId = 2178, EventName = "delivery.channel-busy", Level = LogLevel.Warning,
        Message = "Channel {Channel} asks us to wait ({Reason}): it is left alone for {Length}")]
    public static partial void ChannelBusy(ILogger logger, NoticeChannel channel, string reason, TimeSpan length);

    [LoggerMessage(EventId = 2179, EventName = "delivery.too-late", Level = LogLevel.Warning,
        Message = "An attempt at notice {Notice} on channel {Channel} took longer than its lease; it may arrive twice")]
    public static partial void AnswerTooLate(ILogger logger, Guid notice, NoticeChannel channel);

    [LoggerMessage(EventId = 2180, EventName = "delivery.dead", Level = LogLevel.Warning,
        Message = "Notice {Notice} is dead on channel {Channel} after {Attempts} attempts: {Reason}")]
    public static partial void DeliveryDead(ILogger logger, Guid notice, NoticeChannel channel, int attempts, string reason);

    [LoggerMessage(EventId = 2181, EventName = "delivery.address-off", Level = LogLevel.Information,
        Message = "Channel {Channel} of participant {Participant} is off: it refused for three weeks")]
    public static partial void AddressOff(ILogger logger, long participant, NoticeChannel channel);

    [LoggerMessage(EventId = 2201, EventName = "schedule.failed", Level = LogLevel.Error,
        Message = "Due work failed; it is tried again")]
    public static partial void ScheduleFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2202, EventName = "schedule.paused", Level = LogLevel.Critical,
        Message = "The schedule waits for an operator: {Reason}")]
    public static partial void SchedulePaused(ILogger logger, string reason);

    [LoggerMessage(EventId = 2185, EventName = "renewals.done", Level = LogLevel.Information,
        Message = "Renewals of {Day:yyyy-MM-dd} are done; {Entitlements} entitlements were looked at")]
    public static partial void RenewalsDone(ILogger logger, DateOnly day, int entitlements);

    [LoggerMessage(EventId = 2203, EventName = "schedule.resumed", Level = LogLevel.Warning,
        Message = "The schedule goes on, asked by {By}")]
    public static partial void ScheduleResumed(ILogger logger, string by);

    [LoggerMessage(EventId = 2204, EventName = "clock.set", Level = LogLevel.Information,
        Message = "The manual clock moves to {Target:O}")]
    public static partial void ClockSet(ILogger logger, DateTimeOffset target);

    [LoggerMessage(EventId = 2206, EventName = "clock.stopped", Level = LogLevel.Information,
        Message = "The manual clock stays at {At:O}")]
    public static partial void ClockStopped(ILogger logger, DateTimeOffset at);

    [LoggerMessage(EventId = 2205, EventName = "genesis.set", Level = LogLevel.Information,
        Message = "Genesis is {Genesis:O}")]
    public static partial void GenesisSet(ILogger logger, DateTimeOffset genesis);

    [LoggerMessage(EventId = 2301, EventName = "grains.participant.balances-not-heard", Level = LogLevel.Warning,
        Message = "Events of {ParticipantId} are committed, its balances could not be read; its actor starts anew")]
    public static partial void BalancesNotHeard(ILogger logger, Exception exception, string participantId);

    [LoggerMessage(EventId = 2428, EventName = "deposits.credited", Level = LogLevel.Information,
        Message = "Deposit {Deposit} of {Amount} STK is {Outcome}")]
    public static partial void DepositCredited(ILogger logger, Guid deposit, Amount amount, string outcome);

    [LoggerMessage(EventId = 2429, EventName = "deposits.not-read", Level = LogLevel.Warning,
        Message = "Nothing that arrives is credited for now: {Why}")]
    public static partial void DepositsNotRead(ILogger logger, string why);

    [LoggerMessage(EventId = 2434, EventName = "deposits.failed", Level = LogLevel.Error,
        Message = "What arrives could not be read; it is tried again")]
    public static partial void DepositsFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2435, EventName = "deposits.left-unexplained", Level = LogLevel.Critical,
        Message = "{AmountMicro} micro-STK have left {Account} by {Signature}, which is none of our acts")]
    public static partial void LeftUnexplained(
        ILogger logger, PublicKey account, long amountMicro, Signature signature);

    [LoggerMessage(EventId = 2436, EventName = "reconciliation.mismatch", Level = LogLevel.Critical,
        Message = "Ledger and chain differ at slot {Slot}, sequence {Sequence}, and payouts are held: {Details}")]
    public static partial void Mismatch(ILogger logger, long slot, long sequence, string details);

    [LoggerMessage(EventId = 2437, EventName = "reconciliation.not-done", Level = LogLevel.Warning,
        Message = "Ledger and chain are not held against each other now: our accounts are not read up to slot {Slot}")]
    public static partial void NotReconciled(ILogger logger, ulong slot);

    [LoggerMessage(EventId = 2438, EventName = "reconciliation.failed", Level = LogLevel.Error,
        Message = "Ledger and chain could not be held against each other; it is tried again")]
    public static partial void ReconciliationFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2430, EventName = "sources.secret-refused", Level = LogLevel.Warning,
        Message = "The secret of {File} counts as none: it {Broken}")]
    public static partial void SourceSecretRefused(ILogger logger, string file, string broken);

    [LoggerMessage(EventId = 2431, EventName = "sources.given-events-handed-on", Level = LogLevel.Information,
        Message = "{Count} events that a mirror had given and nobody had handed on were handed on")]
    public static partial void GivenEventsHandedOn(ILogger logger, int count);

    [LoggerMessage(EventId = 2432, EventName = "sources.given-events-wait", Level = LogLevel.Warning,
        Message = "Events that a mirror has given wait; they are handed on later")]
    public static partial void GivenEventsWait(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2433, EventName = "sources.quarantine-full", Level = LogLevel.Warning,
        Message = "{Count} events were let go: a source has more than 100,000 in quarantine")]
    public static partial void QuarantineFull(ILogger logger, int count);

    [LoggerMessage(EventId = 2450, EventName = "sources.over-budget", Level = LogLevel.Warning,
        Message = "Events of source {Source} on {Day} are worth {Points} points of {Budget}: their week waits for an operator")]
    public static partial void SourceOverBudget(ILogger logger, string source, DateOnly day, long points, long budget);

    [LoggerMessage(EventId = 2451, EventName = "sources.budgets-not-looked-at", Level = LogLevel.Warning,
        Message = "Whether a source is over its budget could not be looked at; it is tried again")]
    public static partial void BudgetsNotLookedAt(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2440, EventName = "sources.pull-failing", Level = LogLevel.Warning,
        Message = "Source {Source} cannot be pulled: {Reason}; it is tried again, and its watermark stays")]
    public static partial void PullFailing(ILogger logger, Exception? exception, string source, string reason);

    [LoggerMessage(EventId = 2441, EventName = "sources.pull-recovered", Level = LogLevel.Information,
        Message = "Source {Source} is pulled again after {Failures} failures")]
    public static partial void PullRecovered(ILogger logger, string source, int failures);

    [LoggerMessage(EventId = 2442, EventName = "sources.pull-reads-differ", Level = LogLevel.Warning,
        Message = "Two reads of source {Source} from {From:O} to {To:O} differ: {Before} events, then {Now}")]
    public static partial void PullReadsDiffer(
        ILogger logger, string source, DateTimeOffset from, DateTimeOffset to, int before, int now);

    [LoggerMessage(EventId = 2186, EventName = "sources.week-differed", Level = LogLevel.Warning,
        Message = "Source {Source}, week {Week}: {Missing} events were missing, {TakenBack} are taken back, {Added} are added")]
    public static partial void PulledWeekDiffered(
        ILogger logger, string source, string week, int missing, int takenBack, int added);

    [LoggerMessage(EventId = 2187, EventName = "sources.backfill-waits", Level = LogLevel.Warning,
        Message = "The back-fill {Backfill} of source {Source} waits at {From:O}: {Reason}")]
    public static partial void BackfillStopped(
        ILogger logger, string source, Guid backfill, DateTimeOffset from, string reason);

    [LoggerMessage(EventId = 2443, EventName = "sources.pull-overtaken", Level = LogLevel.Information,
        Message = "The pull of source {Source} of epoch {Epoch} ends here, with nothing written: {Why}")]
    public static partial void PullOvertaken(ILogger logger, string source, long epoch, string why);

    [LoggerMessage(EventId = 2444, EventName = "sources.pulls-not-looked-at", Level = LogLevel.Warning,
        Message = "Which sources are to be pulled could not be read; it is tried again")]
    public static partial void PullsNotLookedAt(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2400, EventName = "wallet.not-looked-at", Level = LogLevel.Warning,
        Message = "Node {Node} does not say what stands at a wallet's address: {Trouble}")]
    public static partial void WalletNotLookedAt(ILogger logger, string node, string trouble);

    [LoggerMessage(EventId = 2401, EventName = "wallet.not-told", Level = LogLevel.Warning,
        Message = "The signer could not be told of linked wallets; it is told again")]
    public static partial void TellingFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2410, EventName = "settlement.begun", Level = LogLevel.Information,
        Message = "Settlement goes on in epoch {Epoch} with {Acts} open acts")]
    public static partial void SettlementBegun(ILogger logger, long epoch, int acts);

    [LoggerMessage(EventId = 2411, EventName = "settlement.left", Level = LogLevel.Warning,
        Message = "Settlement of epoch {Epoch} ends here (overtaken: {IsOvertaken}); the next activation reads the rows")]
    public static partial void SettlementLeft(ILogger logger, Exception exception, long epoch, bool isOvertaken);

    [LoggerMessage(EventId = 2412, EventName = "settlement.gathered", Level = LogLevel.Information,
        Message = "Act {Act} is a batch of {Payouts} payouts")]
    public static partial void BatchGathered(ILogger logger, Guid act, int payouts);

    [LoggerMessage(EventId = 2413, EventName = "settlement.gathering-failed", Level = LogLevel.Error,
        Message = "Payouts could not be gathered; it is tried again")]
    public static partial void GatheringFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2414, EventName = "settlement.moved", Level = LogLevel.Information,
        Message = "Act {Act} ({Kind}) is {After} after {Before}, version {Version}")]
    public static partial void ActMoved(
        ILogger logger, Guid act, ActKind kind, ActState before, ActState after, long version);

    [LoggerMessage(EventId = 2415, EventName = "settlement.order-failed", Level = LogLevel.Error,
        Message = "{Order} of act {Act} failed; it is done again")]
    public static partial void OrderFailed(ILogger logger, Exception exception, Guid act, string order);

    [LoggerMessage(EventId = 2416, EventName = "settlement.signer-refused", Level = LogLevel.Error,
        Message = "The signer refuses attempt {Attempt} of act {Act} by {Rule} (payout {Payout}; {Remedy}): {Why}")]
    public static partial void SignerRefused(
        ILogger logger, Guid act, int attempt, string rule, Guid? payout, string remedy, string why);

    [LoggerMessage(EventId = 2417, EventName = "settlement.signer-not-now", Level = LogLevel.Warning,
        Message = "Attempt {Attempt} of act {Act} is not signed now: {Why}")]
    public static partial void SignerNotNow(ILogger logger, Guid act, int attempt, string why);

    [LoggerMessage(EventId = 2418, EventName = "settlement.held", Level = LogLevel.Warning,
        Message = "Payouts wait for {Hold}")]
    public static partial void PayoutsHeld(ILogger logger, PayoutHold? hold);

    [LoggerMessage(EventId = 2419, EventName = "settlement.several-chains", Level = LogLevel.Critical,
        Message = "The configured nodes follow {Chains} chains")]
    public static partial void NodesOnSeveralChains(ILogger logger, int chains);

    [LoggerMessage(EventId = 2420, EventName = "settlement.not-woken", Level = LogLevel.Warning,
        Message = "Settlement could not be woken; it is tried again")]
    public static partial void SettlementNotWoken(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2421, EventName = "settlement.week-written", Level = LogLevel.Information,
        Message = "The run of week {Week} has written {Payouts} payouts to wallets, and {Left} were not possible any more")]
    public static partial void WeekPayoutsWritten(ILogger logger, WeekId week, int payouts, int left);

    [LoggerMessage(EventId = 2422, EventName = "settlement.word-contradicted", Level = LogLevel.Warning,
        Message = "Operators' word on attempt {Attempt} of act {Act} is not taken: {Why}")]
    public static partial void WordContradicted(ILogger logger, Guid act, int attempt, string why);

    [LoggerMessage(EventId = 2424, EventName = "settlement.act-taken", Level = LogLevel.Information,
        Message = "Act {Act}, a {Kind}, is followed: it was asked for and approved")]
    public static partial void ActTaken(ILogger logger, Guid act, ActKind kind);

    [LoggerMessage(EventId = 2425, EventName = "settlement.refill-asked", Level = LogLevel.Warning,
        Message = "Payouts lack {Amount} STK in the float: refill {Act} is asked for, and waits for an operator")]
    public static partial void RefillAsked(ILogger logger, Guid act, Amount amount);

    [LoggerMessage(EventId = 2426, EventName = "settlement.uncertain-for-long", Level = LogLevel.Critical,
        Message = "An act on chain is uncertain for {Minutes} minutes: a person must look")]
    public static partial void UncertainForLong(ILogger logger, long minutes);

    [LoggerMessage(EventId = 2423, EventName = "settlement.lamports-low", Level = LogLevel.Critical,
        Message = "Nothing more is paid out: the float's lamports are below the floor of {Floor}")]
    public static partial void LamportsLow(ILogger logger, long? floor);
}
