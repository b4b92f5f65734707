using System.Collections.Concurrent;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Audit;
using Stk.GrainInterfaces.ChainActs;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Corrections;
using Stk.GrainInterfaces.Deliveries;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Health;
using Stk.GrainInterfaces.Identities;
using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Notices;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Pulls;
using Stk.GrainInterfaces.Reconciling;
using Stk.GrainInterfaces.Revocations;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Sessions;
using Stk.GrainInterfaces.Settling;
using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Statements;
using Stk.GrainInterfaces.Statistics;
using Stk.GrainInterfaces.Suspensions;
using Stk.GrainInterfaces.Traces;
using Stk.GrainInterfaces.Treasury;
using Stk.GrainInterfaces.Vesting;
using Stk.GrainInterfaces.Wallets;
using Stk.GrainInterfaces.Weeks;
using Stk.Hosting.Callers;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Grains in this process, which remember what they were asked.</summary>
public sealed class FakeCluster
{
    private readonly ConcurrentDictionary<(Type, object), object> _grains = new();

    /// <summary>By an actor's key, the token that was on its way when it was asked for last; null for none.</summary>
    public ConcurrentDictionary<object, string?> Tokens { get; } = new();

    public FakeSchedule Schedule { get; } = new();

    public FakeHealth Health { get; } = new();

    public FakeRuleBook RuleBook { get; } = new();

    public FakeRevocations Revocations { get; } = new();

    public FakeSessions Sessions { get; } = new();

    public FakeTraces Traces { get; } = new();

    public FakeSuspensions Suspensions { get; } = new();

    public FakeTreasury Treasury { get; } = new();

    public FakeOperators Operators { get; } = new();

    public FakeApprovals Approvals { get; } = new();

    public FakeVesting Vesting { get; } = new();

    public FakeInactivity Inactivity { get; } = new();

    public FakeSettlementDesk Settlement { get; } = new();

    public FakeChainActs ChainActs { get; } = new();

    public FakeReconciliationDesk Reconciliation { get; } = new();

    public FakeDeliveries Deliveries { get; } = new();

    public FakeParticipant Participant(string id) => (FakeParticipant)Find(typeof(FakeParticipant), id);

    public FakeWeek Week(string id) => (FakeWeek)Find(typeof(IWeekGrain), id);

    public FakeCorrections Corrections(string week) => (FakeCorrections)Find(typeof(ICorrectionsGrain), week);

    public FakeStatements Statements(string id) => (FakeStatements)Find(typeof(IStatementsGrain), id);

    public FakeNotices Notices(string id) => (FakeNotices)Find(typeof(INoticesGrain), id);

    public FakeNotices NoticeLinks => (FakeNotices)Find(typeof(INoticeLinksGrain), 0L);

    public FakeSpender Spender(string id) => (FakeSpender)Find(typeof(FakeSpender), id);

    public FakeService Service(string id) => (FakeService)Find(typeof(IServiceGrain), id);

    public FakeWallet Wallet(string id) => (FakeWallet)Find(typeof(IWalletGrain), id);

    public FakeSource Source(string name) => (FakeSource)Find(typeof(ISourceGrain), name);

    public FakeQuarantine Quarantine(string source) => (FakeQuarantine)Find(typeof(IQuarantineGrain), source);

    public FakeIdentities Identities { get; } = new();

    public FakeVoids Voids(string source) => (FakeVoids)Find(typeof(IVoidsGrain), source);

    public FakePulls Pulls(string source) => (FakePulls)Find(typeof(IPullsGrain), source);

    public FakeSourceImport Import(string source) => (FakeSourceImport)Find(typeof(ISourceImportGrain), source);

    public FakeWebhook Webhook(string source) => (FakeWebhook)Find(typeof(IWebhookGrain), source);

    public bool HasParticipant(string id) => _grains.ContainsKey((typeof(FakeParticipant), id));

    public object Find(Type type, object key)
    {
        Tokens[key] = CallProof.Token;
        return Actor(type, key);
    }

    // As Orleans does: a key of blanks alone is none.
    private object Actor(Type type, object key) => _grains.GetOrAdd((ActorOf(type), key), actor =>
        key is string text && string.IsNullOrWhiteSpace(text) ? throw new ArgumentException("a key of blanks", nameof(key)) :
        actor.Item1 == typeof(FakeParticipant) ? new FakeParticipant((string)key)
        : actor.Item1 == typeof(FakeSpender) ? new FakeSpender((string)key)
        : type == typeof(IWeekGrain) ? new FakeWeek((string)key)
        : type == typeof(IStatementsGrain) ? new FakeStatements()
        : type == typeof(ICorrectionsGrain) ? new FakeCorrections((string)key)
        : type == typeof(INoticesGrain) || type == typeof(INoticeLinksGrain) ? new FakeNotices()
        : type == typeof(ISourceGrain) ? new FakeSource((string)key)
        : type == typeof(IWebhookGrain) ? new FakeWebhook()
        : type == typeof(ISourceImportGrain) ? new FakeSourceImport()
        : type == typeof(IQuarantineGrain) ? new FakeQuarantine()
        : type == typeof(ISourcesGrain) ? new FakeSources()
        : type == typeof(IIdentitiesGrain) ? Identities
        : type == typeof(IMergesGrain) ? new FakeMerges()
        : type == typeof(IVoidsGrain) ? new FakeVoids((string)key)
        : type == typeof(IPullsGrain) ? new FakePulls((string)key)
        : type == typeof(IScheduleGrain) || type == typeof(IClockGrain) || type == typeof(ITotalsGrain) ? Schedule
        : type == typeof(IHealthGrain) ? Health
        : type == typeof(IRuleBookGrain) ? RuleBook
        : type == typeof(IEmissionGrain) ? new FakeEmission()
        : type == typeof(IServiceGrain) ? new FakeService((string)key)
        : type == typeof(ICatalogueGrain) ? new FakeCatalogue()
        : type == typeof(IPurchasesGrain) ? new FakePurchases()
        : type == typeof(ITreasuryGrain) ? Treasury
        : type == typeof(IVestingGrain) ? Vesting
        : type == typeof(ISettlementDeskGrain) ? Settlement
        : type == typeof(IDepositDeskGrain) ? new FakeDepositDesk()
        : type == typeof(IChainActsGrain) ? ChainActs
        : type == typeof(IReconciliationDeskGrain) ? Reconciliation
        : type == typeof(IAuditGrain) ? new FakeAudit()
        : type == typeof(IDistributionGrain) ? new FakeDistribution()
        : type == typeof(IRevocationsGrain) || type == typeof(IRevokedTokensGrain) ? Revocations
        : type == typeof(ISessionsGrain) ? Sessions
        : type == typeof(ISessionCodeGrain) ? new FakeSessionCode(Sessions)
        : type == typeof(ITracesGrain) ? Traces
        : type == typeof(ISuspensionsGrain) ? Suspensions
        : type == typeof(ISignInGrain) ? new FakeSignIn(Operators)
        : type == typeof(IOperatorsGrain) ? Operators
        : type == typeof(IApprovalsGrain) ? Approvals
        : type == typeof(IDeliveriesGrain) ? Deliveries
        : type == typeof(IAddressesGrain) ? new FakeAddresses()
        : type == typeof(IWalletGrain) ? new FakeWallet()
        : type == typeof(IRedistributionGrain) ? new FakeInactivity { Quarter = (string)key }
        : type == typeof(IInactiveGrain) || type == typeof(IAppealsGrain) || type == typeof(ILeavesGrain) ? Inactivity
        : throw new NotSupportedException(type.Name));

    // One actor for several interfaces.
    private static Type ActorOf(Type type) =>
        type.IsAssignableFrom(typeof(FakeParticipant)) ? typeof(FakeParticipant)
        : type.IsAssignableFrom(typeof(FakeSpender)) ? typeof(FakeSpender)
        : type;
}
