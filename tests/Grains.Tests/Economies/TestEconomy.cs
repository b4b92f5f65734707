using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.TestingHost;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Signing;
using Stk.Grains.Weeks;
using Stk.Ledger.Signing;
using Stk.Ledger.Verify;
using Stk.Rules.Activity;
using Stk.Rules.Participants;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;
using Stk.Silo.Hosting;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;
using Stk.Testing;
using Stk.Testing.Economies;
using Xunit;

namespace Stk.Grains.Tests.Economies;

/// <summary>
/// A whole economy: a database, silos put together as the product's are, and a client beside them. What a test does here
/// goes the way that the API host goes; it may call whatever a silo may, unless it acts as somebody (<see cref="Acting"/>).
/// </summary>
internal sealed class TestEconomy : IAsyncDisposable
{
    /// <summary>Where an economy begins whose test does not care.</summary>
    public static readonly WeekId FirstWeek = WeekId.OfNumber(202401);

    /// <summary>Participants asked at once.</summary>
    private const int Concurrency = 32;

    // All silos sign with it, as those of one economy do.
    private static readonly ChainSigner Signer = ChainSigner.Create();

    private readonly TestCluster _cluster;
    private readonly NpgsqlDataSource _database;

    private TestEconomy(TestCluster cluster, string superuser)
    {
        _cluster = cluster;
        Superuser = superuser;
        _database = NpgsqlDataSource.Create(superuser);
    }

    /// <summary>The connection string of <see cref="Database"/>.</summary>
    public string Superuser { get; }

    /// <summary>By which all that the silos sign can be checked.</summary>
    public static SigningPublicKeys Keys { get; } = SigningPublicKeys.Parse(Signer.PublicKeyText);

    /// <summary>With a superuser's rights: to look and to tamper.</summary>
    public NpgsqlDataSource Database => _database;

    public IGrainFactory Grains => _cluster.Client;

    public TestCluster Cluster => _cluster;

    public IClockGrain Clock => Grains.GetGrain<IClockGrain>(0);

    public IScheduleGrain Schedule => Grains.GetGrain<IScheduleGrain>(0);

    public IEmissionGrain Emission => Grains.GetGrain<IEmissionGrain>(0);

    public IRuleBookGrain RuleBook => Grains.GetGrain<IRuleBookGrain>(0);

    public IManagementGrain Management => Grains.GetGrain<IManagementGrain>(0);

    public static async Task<TestEconomy> Start(string superuser, string service, EconomySettings settings)
    {
        var name = new NpgsqlConnectionStringBuilder(service).Database!;
        var builder = new TestClusterBuilder(settings.Silos)
        {
            Options =
            {
                ClusterId = name,
                ServiceId = "stk",
                // Clustering is the product's own, in the database; silos talk over sockets, as they do there.
                UseTestClusterMembership = false,
                ConfigureFileLogging = false,
            },
        };
        builder.ConfigureHostConfiguration(configuration =>
        {
            configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:Stk"] = service,
                ["Stk:Clock"] = settings.Clock,
                ["Stk:ProbeSeconds"] = settings.ProbeSeconds.ToString(CultureInfo.InvariantCulture),
            });
            configuration.AddInMemoryCollection(settings.More ?? ImmutableDictionary<string, string?>.Empty);
        });
        builder.AddSiloBuilderConfigurator<Silos>();
        builder.AddClientBuilderConfigurator<Clients>();
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, superuser);
    }

    /// <summary>Stands the clock at a week's beginning and makes that genesis.</summary>
    public async Task Begin(WeekId week)
    {
        await RunTo(week.Start);
        await Clock.GetOrSetGenesis([new("somebody", week.Start)]);
        await RunTo(week.Start);
    }

    /// <summary>
    /// Moves the clock to Monday 08:00 of the next week: all weeks before have been run, and nothing has happened in this
    /// one. So tests that share an economy do not meet.
    /// </summary>
    public async Task<WeekId> BeginWeek()
    {
        var week = WeekId.Of((await Schedule.GetClock()).Now).Next;
        await RunTo(week.Start.AddHours(8));
        return week;
    }

    /// <summary>Moves the clock past a week's last stage.</summary>
    public Task Close(WeekId week) => RunTo(week.End.AddHours(8));

    /// <summary>Sets the clock, and does not wait for what is due on the way.</summary>
    public Task<SetClockReply> SetClock(DateTimeOffset instant) =>
        Clock.Set(new(instant, TwoPersons.First, Key: null, IsForced: true));

    /// <summary>Sets the clock and waits until everything due on the way is done.</summary>
    public async Task RunTo(DateTimeOffset instant)
    {
        Assert.IsType<SetClockReply.Moving>(await SetClock(instant));
        await Reached(instant);
    }

    /// <summary>Waits until a setting of the clock is reached, and genesis has been emitted.</summary>
    public Task Reached(DateTimeOffset instant) => Eventually.Get(
        () => Schedule.GetClock(),
        until: status => status.Reached >= instant && status.Doing is null,
        $"the clock reaches {instant:O}");

    public Task Live(EconomyPlan plan) => plan.Live(new GrainsEnd(this));

    /// <summary>Sends a request of events, as the API host does: genesis first, then one call a participant.</summary>
    /// <returns>One answer an event, in the order sent.</returns>
    public async Task<ImmutableArray<EventAnswer>> Record(string source, params IReadOnlyList<Sent> events)
    {
        await Clock.GetOrSetGenesis([.. events.Select(sent => new GenesisCandidate(sent.Participant, sent.Event.At))]);
        var answers = new EventAnswer[events.Count];
        await Parallel.ForEachAsync(
            events.Select((sent, place) => (Sent: sent, Place: place)).GroupBy(item => item.Sent.Participant),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (share, cancellation) =>
            {
                var request = new RecordRequest(
                    source, [.. share.Select(item => item.Sent.Event with { DistinctId = share.Key })]);
                var answered = await Participant(share.Key).Record(request, cancellation);
                foreach (var (item, answer) in share.Zip(answered))
                {
                    answers[item.Place] = answer;
                }
            });
        return [.. answers];
    }

    /// <summary>Sends events and gives their outcomes, in the order sent.</summary>
    public async Task<EventOutcome[]> Outcomes(string source, params IReadOnlyList<Sent> events) =>
        [.. (await Record(source, events)).Select(answer => answer.Outcome)];

    public TestParticipant Participant(string id) => new(Grains, id);

    public IWeekGrain Week(WeekId week) => Grains.GetGrain<IWeekGrain>(week.ToString());

    public Task WaitUntilSettled(WeekId week) => Eventually.Get(
        () => Week(week).GetStatus(), until: status => status.Done == WeekStages.Last, $"{week} is settled");

    /// <summary>The services of a silo, as its grains get them.</summary>
    public T ServiceOf<T>(int silo)
        where T : notnull => ((InProcessSiloHandle)_cluster.Silos[silo]).SiloHost.Services.GetRequiredService<T>();

    /// <summary>The silo that a grain lives on now; null where it is not active. Asking wakes nobody.</summary>
    public SiloAddress? HostOf(IAddressable grain) => _cluster.TryGetGrainContext(grain.GetGrainId(), out var context)
        ? context.Address.SiloAddress
        : null;

    /// <summary>Moves participants so that every silo has its share: placement by load may put all on one.</summary>
    public async Task Spread(IEnumerable<string> participants)
    {
        foreach (var (place, id) in participants.Index())
        {
            var target = _cluster.Silos[place % _cluster.Silos.Count].SiloAddress;
            var participant = Participant(id);
            if (!target.Equals(HostOf(participant.Actor)))
            {
                await _cluster.MigrateAsync(participant.Actor, target);
                await participant.GetBalance();
            }
        }
    }

    /// <summary>The number of a participant.</summary>
    public Task<long> NumberOf(string participant) =>
        Ask<long>($"SELECT number FROM activity.participants WHERE id = '{participant}'");

    public async Task<T> Ask<T>(string sql)
    {
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = _database.CreateCommand(sql);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<int> Execute(string sql)
    {
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = _database.CreateCommand(sql);
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query, each as its columns in words between blanks.</summary>
    public async Task<string[]> Rows(string sql)
    {
        var rows = new List<string>();
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = _database.CreateCommand(sql);
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync();
        var columns = new object[row.FieldCount];
        while (await row.ReadAsync())
        {
            row.GetValues(columns);
            rows.Add(string.Join(' ', columns.Select(column => Convert.ToString(column, CultureInfo.InvariantCulture))));
        }

        return [.. rows];
    }

    /// <summary>
    /// Every row of a week's seal, then every statement as stored, then what the journal paid: week names left out.
    /// </summary>
    public async Task<string> Outcome(WeekId week)
    {
        var number = week.Number;
        var monday = week.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var lines = new List<string>();
        lines.AddRange(await Rows($"""
            SELECT 'seal', shard, participant, type, day - date '{monday}', vests_days, received, counted, level, streak_before
            FROM weeks.seals WHERE week = {number} ORDER BY shard, participant, type, day, vests_days
            """));
        lines.AddRange(await Rows($"""
            SELECT 'statement', shard, participant, level, streak, points, reward_micro, available_micro, frozen_micro,
                replace(convert_from(document, 'UTF8'), '{week}', 'WEEK')
            FROM weeks.statements WHERE week = {number} ORDER BY shard, participant
            """));
        lines.AddRange(await Rows($"""
            SELECT 'posting', transaction.kind, account.kind,
                CASE WHEN account.kind = 4 THEN 0 ELSE account.owner END AS owner, posting.amount_micro
            FROM ledger.transactions transaction
            JOIN ledger.postings posting USING (sequence, position)
            JOIN ledger.accounts account ON account.id = posting.account_id
            WHERE transaction.reference = '{week}' ORDER BY 2, 3, 4, 5
            """));
        lines.AddRange(await Rows($"""
            SELECT 'grant', participant, type, vests_days, amount_micro, unlocks_on - date '{monday}'
            FROM weeks.grants WHERE week = {number} ORDER BY participant, type, vests_days
            """));
        return string.Join('\n', lines);
    }

    /// <summary>What <c>recompute</c> finds wrong with a week.</summary>
    public async Task<IReadOnlyList<string>> Recompute(WeekId week)
    {
        var recomputation = new Recomputation(_database);
        Assert.True(await recomputation.Run(week, CancellationToken.None), $"{week} is scored");
        return recomputation.Differences;
    }

    /// <summary>What <c>verify</c> finds wrong with the ledger; null where it adds up.</summary>
    public async Task<string?> Verify() =>
        (await new LedgerVerifier(_database, EffectChecks.All, Keys).Run()).Fault?.ToString();

    /// <summary>Where a participant's shard is, as the week's tables name it.</summary>
    public static int ShardOf(string participant) => ParticipantId.Shard(participant);

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        await _database.DisposeAsync();
        // Orleans' providers open theirs by connection string: such a pool outlives its economy, and the server's
        // connections are for all.
        NpgsqlConnection.ClearAllPools();
    }

    private sealed class Silos : IHostConfigurator
    {
        public void Configure(IHostBuilder hostBuilder) => hostBuilder.UseOrleans(
            static (context, silo) =>
            {
                silo.AddStkSilo(context.Configuration, isQuick: true);
                silo.Services.AddSingleton(Signer);
                silo.Services.AddSingleton(Acting.Secrets);
                silo.Services.AddSingleton(Acting.Keys);
                if (context.Configuration[TestSigner.Setting] is { } file)
                {
                    silo.Services.AddSingleton<ISigner>(services => new TestSigner(
                        services.GetRequiredService<ISolanaNodes>(), KeyFile.Read(file)));
                }
            });
    }

    private sealed class Clients : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder)
        {
            clientBuilder.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = SiloConfiguration.Invariant;
                clustering.ConnectionString = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("Stk"))
                {
                    SearchPath = "orleans",
                }.ConnectionString;
            });
            Acting.Add(clientBuilder.Services);
            clientBuilder.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = HangLimit.Call);
            clientBuilder.Configure<GatewayOptions>(
                gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        }
    }
}
