using Npgsql;
using Stk.Storage;
using Stk.Testing;
using Stk.Testing.Chain;
using Xunit;

namespace Stk.Grains.Tests.Economies;

/// <summary>
/// A PostgreSQL server for all tests of a collection, with a migrated template of which each economy gets a copy, and one
/// economy that most tests share: each works in weeks and with participants of its own.
/// </summary>
public sealed class EconomyServer() : PostgresServer(fsync: false)
{
    private const string Template = "template_of_economies";
    private const string Service = "economy_service";

    private readonly SemaphoreSlim _gate = new(1);
    private TestEconomy? _shared;
    private (TestEconomy Economy, LocalChain Chain)? _withChain;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Migration.Run(await CreateDatabase(Template));
        // No pooled connection may stay in a template.
        NpgsqlConnection.ClearAllPools();
        // With a service's rights, as the product runs: a forgotten grant fails here.
        await Execute($"CREATE ROLE {Service} LOGIN PASSWORD '{Service}' IN ROLE stk_service");
    }

    public override async Task DisposeAsync()
    {
        if (_shared is { } shared)
        {
            await shared.DisposeAsync();
        }

        if (_withChain is var (economy, chain))
        {
            await economy.DisposeAsync();
            await chain.DisposeAsync();
        }

        _gate.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>The economy of all tests that leave it as they found it, but for its clock, which goes on.</summary>
    internal async Task<TestEconomy> Shared()
    {
        await _gate.WaitAsync();
        try
        {
            if (_shared is null)
            {
                _shared = await NewEconomy();
                await _shared.Begin(TestEconomy.FirstWeek);
            }

            return _shared;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The economy of all tests that ask a chain, which is theirs too; its slots advance by command only.</summary>
    internal async Task<(TestEconomy Economy, LocalChain Chain)> SharedWithChain()
    {
        await _gate.WaitAsync();
        try
        {
            if (_withChain is { } shared)
            {
                return shared;
            }

            var chain = await LocalChain.Start();
            var economy = await NewEconomy(new(More: ChainSettings.Of(chain)));
            await economy.Begin(TestEconomy.FirstWeek);
            _withChain = (economy, chain);
            return (economy, chain);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A new economy on a database of its own: without genesis, event or setting of its clock.</summary>
    internal async Task<TestEconomy> NewEconomy(EconomySettings? settings = null)
    {
        var name = $"economy_{Guid.NewGuid():N}";
        await Execute($"CREATE DATABASE {name} TEMPLATE {Template}");
        var superuser = ConnectionString(name);
        var service = new NpgsqlConnectionStringBuilder(superuser)
        {
            Username = Service,
            Password = Service,
            MaxPoolSize = 12,
        };
        // A verification streams every table beside the others.
        var looking = new NpgsqlConnectionStringBuilder(superuser) { MaxPoolSize = 20 };
        return await TestEconomy.Start(looking.ConnectionString, service.ConnectionString, settings ?? new());
    }
}

[CollectionDefinition(Name)]
public sealed class EconomyCollection : ICollectionFixture<EconomyServer>
{
    public const string Name = "economies";
}

/// <summary>
/// Tests that share no economy. They run beside the others, on a server of their own: much of their time is waiting.
/// </summary>
[CollectionDefinition(Name)]
public sealed class OwnEconomiesCollection : ICollectionFixture<EconomyServer>
{
    public const string Name = "economies of their own";
}
