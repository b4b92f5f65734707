using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Grains.Emission;
using Stk.Grains.RuleBooks;
using Stk.Grains.Weeks;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Ledger.Writer;
using Stk.Rules.Causes;
using Stk.Rules.Emission;
using Stk.Rules.Money;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Verification;

/// <summary>
/// A server with two weeks run to their end and something of each sort spent, by the code that does it, without a cluster.
/// Each test gets a copy to break.
/// </summary>
public sealed class SettledWeeks() : PostgresServer(fsync: false)
{
    public const string Source = "club";

    private static readonly ChainSigner Signer = ChainSigner.Create();

    private const string Template = "template_of_weeks";

    private static readonly DateTimeOffset Genesis = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WeekId[] Weeks = [WeekId.OfNumber(202549), WeekId.OfNumber(202550)];

    /// <summary>
    /// Of each participant in each week: over the limit, frozen, ignored, late, and one that is taken back.
    /// </summary>
    private const string EventsSql = """
        INSERT INTO activity.sources (name) VALUES ('club');
        INSERT INTO activity.participants (id, shard, registered_at) VALUES ('ann', 3, now()), ('bob', 41, now());
        INSERT INTO activity.weeks (week) VALUES (202549), (202550);
        INSERT INTO economy.genesis (at) VALUES ('2025-12-01Z');
        INSERT INTO activity.events (source_id, uuid, participant, week, day, shard, outcome, at, retracts, type)
        SELECT 1, md5(format('%s %s %s', week, number, place))::uuid, number, week, day, shard, outcome, day + interval '1 hour',
            CASE WHEN type = 'ClubPostCreatedRetracted' THEN md5(format('%s %s %s', week, number, 2))::uuid END, type
        FROM (VALUES (202549, date '2025-12-02'), (202550, date '2025-12-10')) AS week (week, day),
            (SELECT number, shard FROM activity.participants) AS participant,
            (VALUES (1, 1, 'ClubPostCreated'), (2, 2, 'ClubPostCreated'), (3, 6, 'ClubPostCreatedRetracted'),
                (4, 1, 'PeerReviewCompleted'), (5, 5, 'PageView'), (6, 4, 'ClubLikeGiven'), (7, 1, 'SectionCompleted'))
                AS event (place, outcome, type)
        """;

    /// <summary>By which all that was signed can be checked.</summary>
    public static SigningPublicKeys Keys { get; } = SigningPublicKeys.Parse(Signer.PublicKeyText);

    /// <summary>The transactions that were done, newest last.</summary>
    public ImmutableArray<Transaction> Done { get; private set; } = [];

    public Transaction Refused { get; } = new(
        CauseId.Of("refused"), TransactionKind.Transfer, "",
        [new(AccountId.Available(1), -Amount.OfStk(9_000_000)), new(AccountId.Available(2), Amount.OfStk(9_000_000))]);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var database = await CreateDatabase(Template);
        Migration.Run(database);
        await Run(database, EventsSql);
        await Fill(database);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>A copy; its connection string, as superuser.</summary>
    public async Task<string> Copy()
    {
        var name = $"weeks_{Guid.NewGuid():N}";
        await Execute($"CREATE DATABASE {name} TEMPLATE {Template}");
        return ConnectionString(name);
    }

    /// <summary>Past every right of a service.</summary>
    public static async Task Run(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Posts by the ledger's own code, as silos do or as one who has the database and another key.</summary>
    public static async Task Post(string database, Transaction transaction, ChainSigner? stranger = null)
    {
        await using var services = Services(
            database, new Clock { Now = Genesis.AddDays(30) }, new EmissionSchedule(Genesis), stranger ?? Signer);
        Assert.IsType<PostResult.Accepted>(await services.GetRequiredService<ILedger>().Post(transaction));
    }

    private async Task Fill(string connectionString)
    {
        var clock = new Clock { Now = Genesis };
        var book = RuleBook.FromTheSource;
        var schedule = new EmissionSchedule(Genesis);
        await using var services = Services(connectionString, clock, schedule, Signer);
        var ledger = services.GetRequiredService<ILedger>();
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await new RuleBookTable(database).InsertFirst(Genesis, CancellationToken.None);
        var (runs, seals, statements) = (new RunTable(database), new SealTable(database), new StatementTable(database));

        var day = schedule.Genesis;
        foreach (var week in Weeks)
        {
            for (; day <= DateOnly.FromDateTime(week.End.UtcDateTime); day = day.AddDays(1))
            {
                clock.Now = new(day, TimeOnly.MinValue, TimeSpan.Zero);
                await Post(Emissions.Of(day, schedule, book, refusals: 0));
            }

            clock.Now = week.End.AddHours(1);
            Assert.Empty(await runs.Seal(new(week, clock.Now, book, null, null), CancellationToken.None));
            foreach (var shard in await seals.ReadShardsWithEvents(week, CancellationToken.None))
            {
                await seals.Aggregate(week, shard, book, CancellationToken.None);
            }

            var shards = await seals.ReadShards(week, CancellationToken.None);
            var total = Amount.Sum(shards.Select(shard => shard.Total));
            var rules = (await runs.ReadSealed(week)).RulesHash;
            await runs.SetAggregated(
                week, SealDigest.OfWeek(shards, rules), shards.Sum(shard => shard.Participants), total,
                CancellationToken.None);
            await runs.SetReserved(week, total, CancellationToken.None);
            await Post(WeekPayments.Reserve(week, total));
            clock.Now = week.End.AddHours(2);
            foreach (var shard in shards)
            {
                var scored = await ShardScoring.Statements(
                    seals.Read(week, shard.Shard, CancellationToken.None), week, book,
                    new FundScaling(total, total)).ToListAsync();
                await statements.Write(week, shard.Shard, scored, CancellationToken.None);
                foreach (var payment in WeekPayments.Pay(week, shard.Shard, scored))
                {
                    await Post(payment);
                }
            }

            await runs.SetScored(week, clock.Now, CancellationToken.None);
            await new WeekAnchor(new(database), statements, clock).Make(week, CancellationToken.None);
            var export = await new WeekExport(runs, statements).Hash(week, CancellationToken.None);
            await runs.SetReported(week, clock.Now.AddHours(2), export, CancellationToken.None);
            await runs.SetSettled(week, clock.Now.AddHours(4), total, CancellationToken.None);
        }

        await new SpentThings(database, services.GetRequiredService<AuditWriter>(), clock.Now, Post).Spend();
        Assert.Equal(Refusal.InsufficientFunds, (await ledger.Post(Refused)).Objection);

        async Task Post(Transaction? transaction)
        {
            Assert.NotNull(transaction);
            Assert.IsType<PostResult.Accepted>(await ledger.Post(transaction));
            Done = Done.Add(transaction);
        }
    }

    private static ServiceProvider Services(
        string connectionString, Clock clock, EmissionSchedule schedule, ChainSigner signer)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Stk:Storage:ConnectionString", connectionString)]).Build());
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton<IClock>(clock);
        services.AddSingleton<IIssuanceLimit>(new Limit(schedule));
        services.AddStorage();
        services.AddLedger();
        services.AddSingleton(signer);
        services.AddSingleton<AuditTable>();
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<ICommitLog>(made => made.GetRequiredService<AuditWriter>());
        return services.BuildServiceProvider();
    }

    private sealed class Clock : IClock
    {
        public DateTimeOffset Now { get; set; }
    }

    private sealed class Limit(EmissionSchedule schedule) : IIssuanceLimit
    {
        public Amount At(DateTimeOffset instant) => schedule.TotalToEndOf(DateOnly.FromDateTime(instant.UtcDateTime));
    }
}

[CollectionDefinition(Name)]
public sealed class SettledWeeksCollection : ICollectionFixture<SettledWeeks>
{
    public const string Name = "settled weeks";
}
