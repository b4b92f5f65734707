using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.Ledger.Signing;
using Stk.Ledger.Writer;
using Stk.Storage;

namespace Stk.Ledger.Tests.Books;

/// <summary>A database with a ledger on it: several writers may be opened, as several silos would.</summary>
internal sealed class Book(string superuser, string service) : IAsyncDisposable
{
    private readonly List<Func<ValueTask>> _close = [];

    public ManualClock Clock { get; } = new();

    public SettableLimit Issuance { get; } = new();

    /// <summary>What all its writers sign with, as all silos do.</summary>
    public ChainSigner Signer { get; } = ChainSigner.Create();

    public LedgerOptions Options { get; } = new();

    public StorageOptions Storage { get; } = new() { ConnectionString = service };

    /// <summary>What the writers have logged.</summary>
    public EventLog<LedgerWriter> Log { get; } = new();

    /// <summary>To look and to tamper with.</summary>
    public string Superuser => superuser;

    /// <summary>A ledger with a writer and connections of its own.</summary>
    public ILedger Open() => Open(Storage);

    public ILedger Open(StorageOptions storage)
    {
        var reads = StorageConnectionsOf(storage);
        var lookups = LookupConnections.Open(storage);
        var writes = WriterConnections.Open(storage);
        var writer = new LedgerWriter(
            writes, Clock, Issuance, Microsoft.Extensions.Options.Options.Create(Options),
            Signer, Log, new Meters());
        _close.Add(writer.DisposeAsync);
        _close.Add(writes.DisposeAsync);
        _close.Add(reads.DisposeAsync);
        _close.Add(lookups.DisposeAsync);
        return new PostgresLedger(writer, reads, lookups, Microsoft.Extensions.Options.Options.Create(Options));
    }

    /// <summary>Runs SQL as superuser, past every right of a service.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async Task<T> Ask<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(superuser);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var close in _close)
        {
            await close();
        }

        Signer.Dispose();
    }

    private static NpgsqlDataSource StorageConnectionsOf(StorageOptions storage) =>
        new NpgsqlDataSourceBuilder(storage.ConnectionString).Build();

    internal sealed class EventLog<T> : ILogger<T>
    {
        private readonly ConcurrentQueue<string> _events = new();

        /// <summary>Names of the events, in order.</summary>
        public IReadOnlyCollection<string> Events => _events;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => _events.Enqueue($"{eventId.Name}: {exception?.Message}");
    }

    private sealed class Meters : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
