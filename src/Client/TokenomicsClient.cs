using Stk.Client.Activity;
using Stk.Client.Approvals;
using Stk.Client.Audit;
using Stk.Client.Balances;
using Stk.Client.ChainActs;
using Stk.Client.Clocks;
using Stk.Client.Connections;
using Stk.Client.Deliveries;
using Stk.Client.Deposits;
using Stk.Client.Entitlements;
using Stk.Client.Identities;
using Stk.Client.Inactivity;
using Stk.Client.Notices;
using Stk.Client.Operators;
using Stk.Client.Participants;
using Stk.Client.Payouts;
using Stk.Client.Reconciling;
using Stk.Client.Revocations;
using Stk.Client.Rewards;
using Stk.Client.RuleBooks;
using Stk.Client.Schedules;
using Stk.Client.Services;
using Stk.Client.Settling;
using Stk.Client.Sources;
using Stk.Client.Spending;
using Stk.Client.Statistics;
using Stk.Client.Treasury;
using Stk.Client.Vesting;
using Stk.Client.Wallets;
using Stk.Client.Weeks;

namespace Stk.Client;

/// <summary>
/// The REST API as one token sees it. A write takes an Idempotency-Key: one is made for each call where none is given,
/// and is kept when the call is sent again. Reads are never older than what this client has seen before.
/// </summary>
/// <remarks>Every call ends in an answer or in an <see cref="Problems.ApiException"/>. Safe for many threads.</remarks>
public sealed class TokenomicsClient : IDisposable
{
    private readonly ApiConnection _connection;

    /// <param name="address">The API host, as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="token">The bearer token.</param>
    public TokenomicsClient(Uri address, string token, ClientSettings? settings = null)
    {
        _connection = new(address, token, settings ?? new());
        Activity = new(_connection);
        Approvals = new(_connection);
        Audit = new(_connection);
        Balances = new(_connection);
        ChainActs = new(_connection);
        Clock = new(_connection);
        Deliveries = new(_connection);
        Entitlements = new(_connection);
        Identities = new(_connection);
        Notices = new(_connection);
        Operators = new(_connection);
        Participants = new(_connection);
        Redistribution = new(_connection);
        Revocations = new(_connection);
        Rewards = new(_connection);
        RuleBooks = new(_connection);
        Schedule = new(_connection);
        Services = new(_connection);
        Settlement = new(_connection);
        Sources = new(_connection);
        Spending = new(_connection);
        Statistics = new(_connection);
        Treasury = new(_connection);
        Vesting = new(_connection);
        Wallets = new(_connection);
        Payouts = new(_connection);
        Deposits = new(_connection);
        Reconciliation = new(_connection);
        Weeks = new(_connection);
    }

    public ActivityCalls Activity { get; }

    public ApprovalCalls Approvals { get; }

    public AuditCalls Audit { get; }

    public BalanceCalls Balances { get; }

    public ChainActCalls ChainActs { get; }

    public ClockCalls Clock { get; }

    public DeliveryCalls Deliveries { get; }

    public EntitlementCalls Entitlements { get; }

    public NoticeCalls Notices { get; }

    public OperatorCalls Operators { get; }

    public IdentityCalls Identities { get; }

    public ParticipantCalls Participants { get; }

    public RedistributionCalls Redistribution { get; }

    public RevocationCalls Revocations { get; }

    public RewardCalls Rewards { get; }

    public RuleBookCalls RuleBooks { get; }

    public ScheduleCalls Schedule { get; }

    public ServiceCalls Services { get; }

    public SettlementCalls Settlement { get; }

    public SourceCalls Sources { get; }

    public SpendingCalls Spending { get; }

    public StatisticsCalls Statistics { get; }

    public TreasuryCalls Treasury { get; }

    public VestingCalls Vesting { get; }

    public WalletCalls Wallets { get; }

    public PayoutCalls Payouts { get; }

    public DepositCalls Deposits { get; }

    public ReconciliationCalls Reconciliation { get; }

    public WeekCalls Weeks { get; }

    public void Dispose() => _connection.Dispose();
}
