using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Schedules;
using Stk.Hosting.Callers;
using Stk.Hosting.Certificates;
using Stk.Silo.Hosting;
using Stk.Storage;
using Stk.Testing;

namespace Stk.Benchmarks.Hosting;

/// <summary>A durable private PostgreSQL and one real silo in this process.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly Func<IHost> _build;
    private IHost _host;

    private BenchSilo(
        PostgresServer server, Func<IHost> build, IHost host, NpgsqlDataSource database, string connectionString)
    {
        _server = server;
        _build = build;
        _host = host;
        Database = database;
        ConnectionString = connectionString;
    }

    /// <summary>As superuser, for peers and for counting.</summary>
    public NpgsqlDataSource Database { get; }

    public string ConnectionString { get; }

    /// <summary>For clients that stand in for a silo.</summary>
    public SiloSecrets Secrets => _host.Services.GetRequiredService<SiloSecrets>();

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <param name="certificates">The directory of certificates for its ports; null for none.</param>
    /// <param name="keys">The directory of the public keys of tokens; null for none.</param>
    /// <param name="looksAtCalls">False for a silo that takes calls of anybody, to compare with.</param>
    /// <param name="more">Further settings, by their whole names.</param>
    public static async Task<BenchSilo> Start(
        string? certificates = null, string? keys = null, bool looksAtCalls = true,
        IReadOnlyDictionary<string, string?>? more = null)
    {
        var server = new PostgresServer();
        await server.InitializeAsync();
        var connectionString = await server.CreateDatabase("stk");
        Migration.Run(connectionString);
        IHost Build() => BenchSilo.Build(connectionString, certificates, keys, looksAtCalls, more);
        var host = Build();
        await host.StartAsync();
        return new(server, Build, host, NpgsqlDataSource.Create(connectionString), connectionString);
    }

    /// <summary>Ends the silo and starts another on the same database.</summary>
    /// <returns>From its beginning to where it serves.</returns>
    public async Task<TimeSpan> Restart()
    {
        await _host.StopAsync();
        _host.Dispose();
        var watch = Stopwatch.StartNew();
        _host = _build();
        await _host.StartAsync();
        await Grains.GetGrain<IScheduleGrain>(0).GetClock();
        return watch.Elapsed;
    }

    private static IHost Build(
        string connectionString, string? certificates, string? keys, bool looksAtCalls,
        IReadOnlyDictionary<string, string?>? more)
    {
        // Whoever moves the clock is entered as an operator in Development alone.
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Stk"] = connectionString,
            ["Stk:Clock"] = "manual",
            ["Stk:Auth:KeysDirectory"] = keys,
            ["Stk:SiloPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
            ["Stk:GatewayPort"] = FreePort.Next().ToString(CultureInfo.InvariantCulture),
        });
        builder.Configuration.AddInMemoryCollection(more ?? new Dictionary<string, string?>());
        if (certificates is not null)
        {
            var files = CertificateFiles.In(certificates, HostRole.Silo);
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Stk:Tls:Authorities"] = files.Authorities,
                ["Stk:Tls:Certificate"] = files.Certificate,
                ["Stk:Tls:Key"] = files.Key,
            });
        }

        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.AddStkSilo(builder.Configuration, builder.Environment));
        if (!looksAtCalls)
        {
            foreach (var filter in builder.Services.Where(IsOfCallers).ToList())
            {
                builder.Services.Remove(filter);
            }
        }

        return builder.Build();
    }

    private static bool IsOfCallers(ServiceDescriptor service) => !service.IsKeyedService
        && service.ImplementationType?.Namespace is "Stk.Silo.Callers" or "Stk.Hosting.Callers";

    /// <summary>Moves the manual clock, and waits until all that was due has been done.</summary>
    public async Task SetClock(DateTimeOffset now)
    {
        var schedule = Grains.GetGrain<IScheduleGrain>(0);
        if (await Grains.GetGrain<IClockGrain>(0).Set(new(now, "bench", Key: null)) is not SetClockReply.Moving)
        {
            throw new InvalidOperationException($"the clock cannot be set to {now:O}");
        }

        await Eventually.Get(
            async () => await schedule.GetClock(), status => status.Reached == now, $"the clock reaches {now:O}",
            TimeSpan.FromMinutes(30));
    }

    public async Task Execute(string sql)
    {
#pragma warning disable CA2100 // Written here, without input.
        await using var command = Database.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Ask<T>(string sql)
    {
#pragma warning disable CA2100 // Written here, without input.
        await using var command = Database.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = 600;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Database.DisposeAsync();
        await ((IAsyncDisposable)_server).DisposeAsync();
    }
}
