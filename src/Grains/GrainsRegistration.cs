using Microsoft.Extensions.DependencyInjection;
using Stk.GrainInterfaces.Sessions;
using Stk.Grains.Activity;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Balances;
using Stk.Grains.ChainActs;
using Stk.Grains.Clocks;
using Stk.Grains.Corrections;
using Stk.Grains.Deliveries;
using Stk.Grains.Deposits;
using Stk.Grains.Economy;
using Stk.Grains.Emission;
using Stk.Grains.Entitlements;
using Stk.Grains.Faults;
using Stk.Grains.Identities;
using Stk.Grains.Inactivity;
using Stk.Grains.JournalFollowing;
using Stk.Grains.Notices;
using Stk.Grains.Operators;
using Stk.Grains.Participants;
using Stk.Grains.Payouts;
using Stk.Grains.Pulls;
using Stk.Grains.Purchases;
using Stk.Grains.Reconciling;
using Stk.Grains.Registry;
using Stk.Grains.Renewals;
using Stk.Grains.Requests;
using Stk.Grains.Revocations;
using Stk.Grains.RuleBooks;
using Stk.Grains.Schedules;
using Stk.Grains.Services;
using Stk.Grains.Sessions;
using Stk.Grains.Settling;
using Stk.Grains.Signatures;
using Stk.Grains.Sources;
using Stk.Grains.Statements;
using Stk.Grains.Statistics;
using Stk.Grains.Suspensions;
using Stk.Grains.Torture;
using Stk.Grains.Traces;
using Stk.Grains.Transfers;
using Stk.Grains.Treasury;
using Stk.Grains.Vesting;
using Stk.Grains.Wallets;
using Stk.Grains.Weeks;
using Stk.Ledger;
using Stk.Ledger.Writer;
using Stk.Rules.Revocations;
using Stk.Rules.Time;
using Stk.Storage;

namespace Stk.Grains;

public static class GrainsRegistration
{
    /// <summary>
    /// All that the actors stand on: database, ledger, tables, clock, followers. Configured under <c>Stk</c>; the
    /// caller adds the AdoNet providers, the storage by the name <see cref="GrainStorage.Name"/>.
    /// </summary>
    public static ISiloBuilder AddStkGrains(this ISiloBuilder silo)
    {
        silo.AddGrainService<SiloClock>();
        silo.AddIncomingGrainCallFilter<FaultFilter>();
        silo.Services.AddStkGrainServices();
        silo.Services.AddWeeks();
        silo.Services.AddStatements();
        silo.Services.AddVesting();
        silo.Services.AddInactivity();
        silo.Services.AddNotices();
        silo.Services.AddDeliveries();
        silo.Services.AddRenewals();
        silo.Services.AddWallets(silo.Configuration);
        silo.AddPayouts();
        silo.AddDeposits();
        silo.AddReconciling();
        silo.Services.AddSettling();
        silo.Services.AddChainActs();
        silo.Services.RemoveTortureUnlessAsked();
        // Before the silo becomes a member: whoever is activated on it finds the economy read.
        silo.AddStartupTask<EconomyCacheStart>(ServiceLifecycleStage.ApplicationServices);
        silo.AddStartupTask<RevocationStart>(ServiceLifecycleStage.ApplicationServices);
        silo.AddStartupTask<BuildStart>(ServiceLifecycleStage.ApplicationServices);
        // Counted before the first night too: an alarm stands on its name.
        silo.AddStartupTask((services, _) => Task.FromResult(services.GetRequiredService<AuditMetrics>()));
        silo.AddStartupTask<Startup>();
        return silo;
    }

    private static void AddClocks(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<EconomyClock>();
        services.AddSingleton<IClock>(services => services.GetRequiredService<EconomyClock>());
        services.AddSingleton<ClockTable>();
        services.AddSingleton<ClockGuard>();
        services.AddSingleton<SiloClocks>();
    }

    private static void AddStkGrainServices(this IServiceCollection services)
    {
        services.AddStorage();
        services.AddLedger();
        services.AddOptions<ClockOptions>()
            .BindConfiguration(ClockOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<IntakeOptions>()
            .BindConfiguration(IntakeOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        services.AddClocks();
        services.AddSingleton<IIssuanceLimit, IssuanceLimit>();

        services.AddSingleton<EconomyCache>();
        services.AddSingleton<ActiveBalances>();
        services.AddSingleton<BalanceReads>();
        services.AddSingleton<Purses>();
        services.AddSingleton<JournalHints>();
        services.AddSingleton<SiloRows>();
        services.AddSingleton<JournalFollower>();
        services.AddHostedService(services => services.GetRequiredService<JournalFollower>());

        services.AddSingleton<ICommitListener>(services => services.GetRequiredService<ActiveBalances>());

        services.AddSingleton<AnswerTable>();
        services.AddSingleton<AuditTable>();
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<ICommitLog>(services => services.GetRequiredService<AuditWriter>());
        services.AddSingleton<Counterparties>();
        services.AddSingleton<EntitlementTable>();
        services.AddSingleton<FundSpendTable>();
        services.AddSingleton<KeyedWrites>();
        services.AddSingleton<PurchaseTable>();
        services.AddSingleton<PurchasePlanner>();
        services.AddSingleton<Refunds>();
        services.AddSingleton<RequestTable>();
        services.AddSingleton<SalesTable>();
        services.AddSingleton<ServiceTable>();
        services.AddSingleton<ProposalTable>();
        services.AddSingleton<TransactionNotes>();
        services.AddSingleton<TransferPlanner>();
        services.AddSingleton<TransferTable>();

        services.AddParticipantDuties();
        services.AddOperators();
        services.AddSessions();
        services.AddSingleton<IntakeWriter>();
        services.AddSingleton<ParticipantPages>();
        services.AddSingleton<ParticipantTable>();
        services.AddSingleton<RuleBookTable>();
        services.AddSingleton<BuildTable>();
        services.AddSingleton<ClusterSections>();
        services.AddSingleton<SourceTable>();
        services.AddSources();
        services.AddSingleton<SignIns>();
        services.AddSingleton<RevocationTable>();
        services.AddSingleton<TraceTable>();
        services.AddSingleton<SuspensionTable>();
        services.AddSingleton<SiloSuspensions>();
        services.AddSingleton<SiloRevocations>();
        services.AddSingleton<IRevokedTokens>(services => services.GetRequiredService<SiloRevocations>());
        services.AddSingleton<WorkTable>();
        services.AddSingleton<LedgerAuditTable>();
        services.AddSingleton<LedgerAudit>();
        services.AddSingleton<AuditMetrics>();
        // Of one activation of the schedule.
        services.AddTransient<WorkLog>();
        services.AddSingleton<GenesisTable>();
        services.AddSingleton<GenesisSetting>();
        services.AddSingleton<TotalsTable>();
    }

    private static void AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<SessionTable>();
        services.AddSingleton<SiloSessions>();
        services.AddSingleton<ISessions>(services => services.GetRequiredService<SiloSessions>());
    }

    private static void AddSources(this IServiceCollection services)
    {
        services.AddOptions<SourceOptions>()
            .BindConfiguration(SourceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SourceDirectory>();
        services.AddSingleton<SourceSecretFiles>();
        services.AddSingleton<ForeignIntake>();
        services.AddSingleton<ForeignTaking>();
        services.AddSingleton<ClubTable>();
        services.AddSingleton<ClubQuestionTable>();
        services.AddSingleton<GivenEventTable>();
        services.AddSingleton<ClubIntake>();
        services.AddSingleton<QuarantineTable>();
        services.AddHostedService<GivenEventWorker>();
        services.AddSingleton<BudgetTable>();
        services.AddSingleton<BudgetMarks>();
        services.AddHostedService<BudgetWatch>();
        services.AddSingleton<VoidTable>();
        services.AddSingleton<IdentityTable>();
        services.AddSingleton<MergeTable>();
        services.AddSingleton<PullTable>();
        services.AddSingleton<PullIntake>();
        services.AddSingleton<PlatformLevelTable>();
        services.AddSingleton<PlatformLevels>();
        services.AddSingleton<IPuller, PostHogPuller>();
        services.AddSingleton<IPuller, PlatformPuller>();
        services.AddSingleton<ClubPeopleTable>();
        services.AddSingleton<IPuller, ClubPuller>();
        services.AddSingleton<WeekCheckTable>();
        services.AddSingleton<WeekChecking>();
        services.AddSingleton<BackfillTable>();
        services.AddSingleton<Backfilling>();
        services.AddSingleton<PullRun>();
        services.AddHostedService<PullWorker>();
    }

    private static void AddWeeks(this IServiceCollection services)
    {
        services.AddSingleton<RunTable>();
        services.AddSingleton<SealTable>();
        services.AddSingleton<StatementTable>();
        services.AddSingleton<WeekExport>();
        services.AddSingleton<MeasureTable>();
        services.AddSingleton<BoundOverrideTable>();
        services.AddSingleton<WeekBoundsGate>();
        services.AddSingleton<WeekRun>();
        services.AddSingleton<WeekSeal>();
        services.AddSingleton<WeekClosing>();
        services.AddSingleton<OverrideTable>();
        services.AddSingleton<WeekShards>();
        services.AddSingleton<WeekPosting>();
        services.AddSingleton<AggregateStage>();
        services.AddSingleton<ScoreStage>();
        services.AddSingleton<AnchorTable>();
        services.AddSingleton<WeekAnchor>();
        services.AddSingleton<ReportStage>();
        services.AddSingleton<SettleStage>();
        services.AddSingleton<WeekNotices>();
        services.AddSingleton<CorrectionTable>();
        services.AddSingleton<CorrectionPlans>();
    }

    private static void AddVesting(this IServiceCollection services)
    {
        services.AddSingleton<GrantTable>();
        services.AddSingleton<GrantListTable>();
        services.AddSingleton<GrantPages>();
        services.AddSingleton<VestingExport>();
        services.AddSingleton<GrantReading>();
        services.AddSingleton<DecisionTable>();
        services.AddSingleton<GrantDecisions>();
        services.AddSingleton<DecisionPosting>();
        services.AddSingleton<OperatorDecisions>();
        services.AddSingleton<VestingDay>();
    }

    private static void AddRenewals(this IServiceCollection services)
    {
        services.AddSingleton<RenewalTable>();
        services.AddSingleton<RenewalAttempts>();
        services.AddSingleton<RenewalChoices>();
        services.AddSingleton<RenewalDay>();
    }

    private static void AddInactivity(this IServiceCollection services)
    {
        services.AddSingleton<QuarterRunTable>();
        services.AddSingleton<AssessmentTable>();
        services.AddSingleton<LineTable>();
        services.AddSingleton<DebitPosting>();
        services.AddSingleton<QuarterWorks>();
        services.AddSingleton<RestorationTable>();
        services.AddSingleton<Restorations>();
        services.AddSingleton<LeaveTable>();
        services.AddSingleton<AppealTable>();
        services.AddSingleton<AppealDecisions>();
        services.AddSingleton<DebitTable>();
        services.AddSingleton<InactiveTable>();
        services.AddSingleton<ReportTable>();
        services.AddSingleton<QuarterReports>();
        // Of one activation of the schedule.
        services.AddTransient<QuarterProgress>();
    }

    // Of one activation of a participant's actor, which Orleans gives a scope of its own.
    private static void AddParticipantDuties(this IServiceCollection services)
    {
        services.AddSingleton<OwnEvents>();
        services.AddScoped<ParticipantRecall>();
        services.AddScoped<Earner>();
        services.AddScoped<Holder>();
        services.AddScoped<ParticipantProfile>();
        services.AddScoped<RecipientLookups>();
        services.AddScoped<Spender>();
        services.AddScoped<Entitled>();
        services.AddScoped<EntitlementMemory>();
    }

    // Who acts as an operator, and what takes two of them.
    private static void AddOperators(this IServiceCollection services)
    {
        services.AddOptions<SignatureOptions>()
            .BindConfiguration(SignatureOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<FirstOperatorOptions>()
            .BindConfiguration(FirstOperatorOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OperatorRegister>();
        services.AddSingleton<FirstOperators>();
        services.AddSingleton<ApprovalTable>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<SignatureLimits>();
        services.AddSingleton<ResumeTable>();
        services.AddSingleton<RuleBookChecks>();
        services.AddApprovalKinds();
    }

    /// <summary>All that takes two persons. A topic that has a kind adds it here, and nothing else.</summary>
    private static void AddApprovalKinds(this IServiceCollection services)
    {
        services.AddSingleton<IApprovalKind, AppealAcceptance>();
        services.AddSingleton<IApprovalKind, CorrectionApproval>();
        services.AddSingleton<IApprovalKind, FundSpendApproval>();
        services.AddSingleton<IApprovalKind, GrantRelease>();
        services.AddSingleton<IApprovalKind, OperatorAddition>();
        services.AddSingleton<IApprovalKind, OperatorEnding>();
        services.AddSingleton<IApprovalKind, RefundApproval>();
        services.AddSingleton<IApprovalKind, RuleBookAnnouncement>();
        services.AddSingleton<IApprovalKind, RuleBookWithdrawal>();
        services.AddSingleton<IApprovalKind, ScheduleResume>();
        services.AddSingleton<IApprovalKind, SourceVoiding>();
        services.AddSingleton<IApprovalKind, SuspensionLifting>();
        services.AddSingleton<IApprovalKind, VoidLifting>();
        services.AddSingleton<IApprovalKind, WeekOverride>();
    }
}
