using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Stk.ApiHost.Activity;
using Stk.ApiHost.Approvals;
using Stk.ApiHost.Audit;
using Stk.ApiHost.Authentication;
using Stk.ApiHost.Balances;
using Stk.ApiHost.ChainActs;
using Stk.ApiHost.Clocks;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Deliveries;
using Stk.ApiHost.Deposits;
using Stk.ApiHost.Entitlements;
using Stk.ApiHost.Health;
using Stk.ApiHost.Hosting;
using Stk.ApiHost.Identities;
using Stk.ApiHost.Inactivity;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Limits;
using Stk.ApiHost.Notices;
using Stk.ApiHost.OpenApi;
using Stk.ApiHost.Operators;
using Stk.ApiHost.Pages;
using Stk.ApiHost.Participants;
using Stk.ApiHost.Payouts;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Reconciling;
using Stk.ApiHost.Revocations;
using Stk.ApiHost.Rewards;
using Stk.ApiHost.RuleBooks;
using Stk.ApiHost.Schedules;
using Stk.ApiHost.Services;
using Stk.ApiHost.Settling;
using Stk.ApiHost.Sources;
using Stk.ApiHost.Spending;
using Stk.ApiHost.Statistics;
using Stk.ApiHost.Streams;
using Stk.ApiHost.Traces;
using Stk.ApiHost.Transfers;
using Stk.ApiHost.Treasury;
using Stk.ApiHost.Vesting;
using Stk.ApiHost.Wallets;
using Stk.ApiHost.Weeks;
using Stk.Hosting;
using Stk.Hosting.Tokens;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost;

/// <summary>The host, put together.</summary>
internal static class ApiApplication
{
    // In the order in which a reader of the description meets them.
    private static readonly ImmutableArray<Topic> Topics =
    [
        CommonTopic.Topic, BalanceTopic.Topic, TransferTopic.Topic, ServiceTopic.Topic, EntitlementTopic.Topic,
        RewardTopic.Topic, VestingTopic.Topic, InactivityTopic.Topic, WalletTopic.Topic, PayoutTopic.Topic,
        DepositTopic.Topic, ReconciliationTopic.Topic, NoticeTopic.Topic, StatisticsTopic.Topic,
        DeliveryTopic.Topic, EventTopic.Topic, TreasuryTopic.Topic, WeekTopic.Topic,
        ParticipantTopic.Topic, IdentityTopic.Topic, SourceTopic.Topic, RuleBookTopic.Topic, ClockTopic.Topic,
        ScheduleTopic.Topic, SettlingTopic.Topic, ChainActTopic.Topic, AuditTopic.Topic,
        SpendingTopic.Topic, ApprovalTopic.Topic, OperatorTopic.Topic, RevocationTopic.Topic, PageTopic.Topic,
    ];

    /// <param name="addCluster">Provides <see cref="IGrainFactory"/> and the dashboard's client.</param>
    /// <exception cref="RefusedToStartException">The configuration does not allow a start.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> addCluster)
    {
        var builder = WebApplication.CreateBuilder(args);
        // These write the whole address, where a sign-in link has its code.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // Keys at rest are as safe as their directory, which is the owner's alone.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        var keys = StartRules.Check(builder.Configuration, builder.Environment);
        builder.WebHost.ConfigureKestrel((host, kestrel) => ServerLimits.Apply(
            kestrel, host.Configuration.GetSection(LimitOptions.Section).Get<LimitOptions>() ?? new()));
        builder.Services.Configure<SocketTransportOptions>(ServerLimits.Apply);
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            var json = options.SerializerOptions;
            json.NumberHandling = JsonNumberHandling.Strict;
            // Generated code looks for converters in the options in use, which are these.
            json.Converters.Add(new AmountJsonConverter());
            json.Converters.Add(new WeekIdJsonConverter());
            foreach (var resolver in Topics.Select(topic => topic.Json).OfType<IJsonTypeInfoResolver>())
            {
                json.TypeInfoResolverChain.Insert(0, resolver);
            }
        });
        builder.Logging.AddReadableOrJson(builder.Environment);
        builder.AddTelemetry("stk-api");
        builder.AddCrossOrigin();
        builder.AddRateLimits();
        builder.Services.AddAdmission();
        builder.AddTokens(keys);
        builder.Services.AddGrainCalls();
        builder.Services.AddRuleBooks();
        builder.Services.AddIntake();
        builder.Services.AddEventStreams();
        builder.Services.AddBalanceStreams();
        builder.Services.AddNoticeStreams();
        builder.Services.AddSingleton(new SignInPages(builder.Configuration, builder.Environment));
        builder.Services.AddSingleton(new Explorer(builder.Configuration[Explorer.Setting]));
        builder.Services.AddPages();
        builder.Services.AddHealth();
        builder.Services.AddApiDescription();
        foreach (var topic in Topics)
        {
            builder.Services.AddSingleton(topic);
        }

        builder.Services.AddSingleton(new ProblemCatalogue([.. Topics.SelectMany(topic => topic.Problems)]));
        addCluster(builder);
        // Behind the cluster's: it is stopped before, and has still whom to tell.
        builder.Services.AddSingleton<ReadTraces>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ReadTraces>());

        var app = builder.Build();
        // Before anything counts: what is counted earlier is not exported.
        _ = app.Services.GetRequiredService<OpenTelemetry.Metrics.MeterProvider>();
        var logger = app.Services.GetRequiredService<ILogger<TokenKeys>>();
        var keyIds = keys.Ids;
        Log.KeysLoaded(logger, keyIds);
        UseStages(app);
        Map(app.MapGroup("").WithHead(), app.Environment);
        // Without HEAD: a sign-in link is good once, whoever looks at it, and the dashboard is its makers'.
        app.MapOperators();
        app.MapSignInLink(app.Environment);
        return app;
    }

    // In the order in which a request passes them.
    private static void UseStages(WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseProblemAnswers();
        app.UseOneLength();
        app.UseOptions();
        app.UseCors();
        app.UseAuthentication();
        app.UseCallersToken();
        app.UseRateLimits();
        app.UseAuthorization();
        app.UsePreconditions();
        app.UseUnknownQueries();
        app.UseAdmission();
    }

    private static void Map(RouteGroupBuilder app, IHostEnvironment environment)
    {
        var api = app.MapGroup(ApiAddress.Root).WithProblemDescriptions();
        api.MapBalances();
        api.MapTransfers();
        api.MapServices();
        api.MapEntitlements();
        api.MapRewards();
        api.MapLimits();
        api.MapVesting();
        api.MapNotices();
        api.MapConfirmations();
        api.MapRedistribution();
        api.MapWallet();
        api.MapPayouts();
        api.MapDeposits();
        api.MapReserves();
        api.MapSelf();
        api.MapOwnActivity();
        api.MapPublicRules();
        api.MapSupply();
        api.MapEvents();
        api.MapImports();
        api.MapWebhooks();

        var admin = api.MapGroup("/admin");
        admin.MapWeeks();
        admin.MapParticipants();
        admin.MapIdentities();
        admin.MapMerges();
        admin.MapSources();
        admin.MapQuarantine();
        admin.MapVoids();
        admin.MapPulls();
        admin.MapRuleBooks();
        admin.MapClock();
        admin.MapSchedule();
        admin.MapSettlement();
        admin.MapArrivals();
        admin.MapChainActs();
        admin.MapReconciliations();
        admin.MapTotals();
        admin.MapServiceAdmin();
        admin.MapTreasury();
        admin.MapVestingAdmin();
        admin.MapQuarters();
        admin.MapDeliveries();
        admin.MapAudit();
        admin.MapRevocations();
        admin.MapApprovals();
        admin.MapRegister();

        app.MapHealth();
        app.MapPrometheusScrapingEndpoint("/metrics")
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]))
            .RequireAuthorization(Policy.ReadAdmin).ExcludeFromDescription();
        app.MapPages(environment);
        app.MapProblemPages();
        ApiDocument.Map(app);
        app.MapDocumentation();
    }
}
