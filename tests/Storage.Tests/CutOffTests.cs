using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

/// <summary>A session that the server ends under a writer: what its last word proves, and what callers hear.</summary>
[Collection(StorageCollection.Name)]
public sealed class CutOffTests(PostgresServerWithoutFsync server) : IAsyncLifetime, IDisposable
{
    private const string InsertSql = "INSERT INTO items SELECT unnest($1::integer[]) ON CONFLICT DO NOTHING";

    private static readonly GroupCommitSettings Settings = new(
        "items", WeightMax: 100, WaitingMax: 1_000, WaitMax: TimeSpan.FromMinutes(10), RetryFor: TimeSpan.Zero);

    private readonly TestMeters _meters = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _retries = [];
    private long _unknowns;
    private string _connectionString = "";
    private WriterConnections _connections = null!; // by InitializeAsync

    public async Task InitializeAsync()
    {
        _connectionString = await server.CreateDatabase();
        await TestDatabase.Execute(_connectionString, "CREATE TABLE items (id integer PRIMARY KEY)");
        _connections = WriterConnections.Open(
            new() { ConnectionString = _connectionString, WriterIdleInTransactionMs = 100 });
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Has(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    public async Task DisposeAsync() => await _connections.DisposeAsync();

    public void Dispose()
    {
        _listener.Dispose();
        _meters.Dispose();
    }

    // A batch of many parts of a network write: what the server said last must be heard all the same.
    [Theory, InlineData(1), InlineData(400_000)]
    public async Task A_batch_sent_after_the_server_has_cut_the_writer_off_is_run_again_and_callers_hear_nothing(int rows)
    {
        var attempts = 0;
        await using var group = Group(async (attempt, batch, cancellation) =>
        {
            attempts = attempt.Number;
            await using (var begin = attempt.Begin())
            {
                await begin.ExecuteNonQueryAsync(cancellation);
            }

            if (attempt.Number == 1)
            {
                await HasEnded(attempt.Connection.ProcessID);
            }

            await Insert(attempt, [.. batch, .. Enumerable.Range(100, rows)], cancellation);
            return [.. batch.Select(id => $"{id}")];
        });

        Assert.Equal("1", await Post(group, 1));
        Assert.Equal(rows + 1, await Stored());
        // A busy machine may rest between two statements of a later try too: each is counted, and nothing else is.
        Assert.True(attempts > 1);
        Assert.Equal(new() { ["CutOff"] = attempts - 1 }, _retries);
        Assert.Equal(0, _unknowns);
    }

    [Fact]
    public async Task A_writer_that_is_always_cut_off_has_committed_nothing_and_says_so()
    {
        var attempts = new List<int>();
        await using var group = Group(async (attempt, batch, cancellation) =>
        {
            attempts.Add(attempt.Number);
            await using (var begin = attempt.Begin())
            {
                await begin.ExecuteNonQueryAsync(cancellation);
            }

            await HasEnded(attempt.Connection.ProcessID);
            await Insert(attempt, batch, cancellation);
            return [.. batch.Select(id => $"{id}")];
        });

        var told = await Assert.ThrowsAsync<StorageUnavailableException>(() => Post(group, 1));

        Assert.Equal("25P03", Assert.IsType<PostgresException>(told.InnerException).SqlState);
        Assert.Equal([1, 2, 3, 4, 5], attempts);
        Assert.Equal(0, _unknowns);
        Assert.Equal(0, await Stored());
    }

    // Doubled twice, so that a machine which is merely slow comes through, and no more: others wait meanwhile.
    [Fact]
    public async Task Each_time_that_it_was_cut_off_the_server_has_more_patience_with_its_batch()
    {
        var limits = new List<string>();
        await using var group = Group(async (attempt, batch, cancellation) =>
        {
            await using (var begin = attempt.Begin())
            {
                begin.BatchCommands.Add(new("SHOW idle_in_transaction_session_timeout"));
                await using var reader = await begin.ExecuteReaderAsync(cancellation);
                await reader.ReadAsync(cancellation);
                limits.Add(reader.GetString(0));
            }

            if (limits.Count < 4)
            {
                await HasEnded(attempt.Connection.ProcessID);
            }

            await Insert(attempt, batch, cancellation);
            return [.. batch.Select(id => $"{id}")];
        });

        await Post(group, 1);
        await Post(group, 2);

        Assert.Equal(["100ms", "200ms", "400ms", "400ms", "100ms"], limits);
    }

    [Fact]
    public async Task A_writer_that_stands_still_holds_nobody_and_runs_again()
    {
        await using var group = Group(async (attempt, batch, cancellation) =>
        {
            await using (var begin = attempt.Begin())
            {
                begin.BatchCommands.Add(new("LOCK TABLE items"));
                await begin.ExecuteNonQueryAsync(cancellation);
            }

            if (attempt.Number == 1)
            {
                await Eventually.Get(Stored, until: count => count == 0, "the table is free again");
            }

            await Insert(attempt, batch, cancellation);
            return [.. batch.Select(id => $"{id}")];
        });

        Assert.Equal("1", await Post(group, 1));
        Assert.Equal(1, await Stored());
    }

    // Its timer does not run inside a transaction: no FATAL of it can come in place of COMMIT's answer.
    [Fact]
    public async Task The_limit_of_idle_sessions_never_ends_a_writer_in_its_transaction()
    {
        await using var idle = WriterConnections.Open(new()
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(_connectionString) { Options = "-c idle_session_timeout=50" }
                .ConnectionString,
        });
        await using var group = Group(
            async (attempt, batch, cancellation) =>
            {
                await using (var begin = attempt.Begin())
                {
                    await begin.ExecuteNonQueryAsync(cancellation);
                }

                // Idle for more than the limit, by the server's own clock.
                await Eventually.True(
                    () => TestDatabase.Ask<bool>(
                        _connectionString,
                        $"""
                        SELECT clock_timestamp() - state_change > interval '200 ms'
                        FROM pg_stat_activity WHERE pid = {attempt.Connection.ProcessID}
                        """),
                    "the writer has been idle");
                await Insert(attempt, batch, cancellation);
                return [.. batch.Select(id => $"{id}")];
            },
            connections: idle);

        Assert.Equal("1", await Post(group, 1));
        Assert.Empty(_retries);
    }

    // Durable already, and nobody was told: an administrator's word at that point proves nothing.
    [Fact]
    public async Task A_session_ended_while_its_commit_waits_for_a_standby_is_an_open_question_and_settled_by_running_again()
    {
        var hasWaited = false;
        // The server of these tests has it off, and then no commit waits for anything.
        var durable = new NpgsqlConnectionStringBuilder(_connectionString) { Options = "-c synchronous_commit=on" }
            .ConnectionString;
        await using var connections = WriterConnections.Open(new() { ConnectionString = durable });
        await using var group = Group(
            async (attempt, batch, cancellation) =>
            {
                await using (var begin = attempt.Begin())
                {
                    await begin.ExecuteNonQueryAsync(cancellation);
                }

                var ending = attempt.Number == 1 ? EndWhileItWaits(attempt.Connection.ProcessID) : Task.CompletedTask;
                try
                {
                    await Insert(attempt, batch, cancellation);
                }
                finally
                {
                    await ending;
                    hasWaited |= attempt.Number == 1;
                }

                return [.. batch.Select(id => $"{id}")];
            },
            connections, Settings with { RetryFor = TimeSpan.FromMinutes(10) });
        await TestDatabase.Execute(_connectionString, "INSERT INTO items VALUES (0)");
        await server.Execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        await server.Execute("SELECT pg_reload_conf()");
        try
        {
            await Eventually.True(() => CommitsWait(durable), "the setting is in force");
            Assert.Equal("1", await Post(group, 1));
        }
        finally
        {
            await server.Execute("ALTER SYSTEM RESET synchronous_standby_names");
            await server.Execute("SELECT pg_reload_conf()");
        }

        Assert.True(hasWaited);
        Assert.Equal(new() { ["Unknown"] = 1 }, _retries);
        Assert.Equal(1, await TestDatabase.Ask<long>(_connectionString, "SELECT count(*) FROM items WHERE id = 1"));
    }

    // What the server says last, after COMMIT was sent: only the limit on idle transactions proves something.
    [Theory]
    [InlineData("FATAL", "25P03", CommitFailure.CutOff)]
    [InlineData("FATAL", "25P04", CommitFailure.Unknown)]
    [InlineData("FATAL", "57P01", CommitFailure.Unknown)]
    [InlineData("FATAL", "57P02", CommitFailure.Unknown)]
    [InlineData("FATAL", "57P04", CommitFailure.Unknown)]
    [InlineData("FATAL", "57P05", CommitFailure.Unknown)]
    [InlineData("FATAL", "40001", CommitFailure.Unknown)]
    [InlineData("FATAL", "08006", CommitFailure.Unknown)]
    [InlineData("FATAL", "08P01", CommitFailure.Unknown)]
    [InlineData("FATAL", "53200", CommitFailure.Unknown)]
    [InlineData("FATAL", "XX000", CommitFailure.Unknown)]
    [InlineData("PANIC", "53100", CommitFailure.Unknown)]
    [InlineData("PANIC", "58030", CommitFailure.Unknown)]
    [InlineData("ERROR", "40001", CommitFailure.RunAgain)]
    [InlineData("ERROR", "57014", CommitFailure.RunAgain)]
    [InlineData("ERROR", "53100", CommitFailure.Unavailable)]
    [InlineData("ERROR", "23505", CommitFailure.Lasting)]
    internal void After_commit_was_sent(string severity, string state, CommitFailure expected) =>
        Assert.Equal(expected, CommitFailures.Of(new PostgresException("", severity, severity, state), isCommitSent: true));

    [Theory]
    [InlineData("FATAL", "25P03", CommitFailure.CutOff)]
    [InlineData("FATAL", "57P01", CommitFailure.Unavailable)]
    [InlineData("FATAL", "57P03", CommitFailure.Unavailable)]
    [InlineData("FATAL", "53300", CommitFailure.Unavailable)]
    internal void Before_commit_was_sent(string severity, string state, CommitFailure expected) =>
        Assert.Equal(expected, CommitFailures.Of(new PostgresException("", severity, severity, state), isCommitSent: false));

    private Task<bool> Waits(int processId) => TestDatabase.Ask<bool>(
        _connectionString,
        $"SELECT coalesce(bool_or(wait_event = 'SyncRep'), false) FROM pg_stat_activity WHERE pid = {processId}");

    private async Task EndWhileItWaits(int processId)
    {
        await Eventually.True(() => Waits(processId), "COMMIT waits for a standby");
        await TestDatabase.Execute(_connectionString, $"SELECT pg_terminate_backend({processId}, 30000)");
    }

    // The server's checkpointer puts the setting in force, some time after it was read again.
    private async Task<bool> CommitsWait(string durable)
    {
        await using var probe = new NpgsqlConnection(durable);
        await probe.OpenAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO items SELECT min(id) - 1 FROM items", probe);
        var committing = insert.ExecuteNonQueryAsync();
        while (!committing.IsCompleted)
        {
            if (await Waits(probe.ProcessID))
            {
                await TestDatabase.Execute(_connectionString, $"SELECT pg_terminate_backend({probe.ProcessID}, 30000)");
                await Assert.ThrowsAnyAsync<NpgsqlException>(() => committing);
                return true;
            }
        }

        await committing;
        return false;
    }

    private Task<string> Post(GroupCommit<int, string> group, int id) =>
        group.Post(id, weight: 1, CommitPriority.Interactive, CancellationToken.None);

    private GroupCommit<int, string> Group(
        BatchCommit<int, string> commit, WriterConnections? connections = null, GroupCommitSettings? settings = null) =>
        new(settings ?? Settings, connections ?? _connections, commit, NullLogger.Instance, _meters);

    private static async Task Insert(CommitAttempt attempt, IReadOnlyList<int> ids, CancellationToken cancellation)
    {
        await using var writes = new NpgsqlBatch(attempt.Connection)
        {
            BatchCommands = { new(InsertSql) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = [.. ids] } } } },
        };
        await attempt.Commit(writes, cancellation);
    }

    private async Task HasEnded(int processId) => await Eventually.Get(
        () => TestDatabase.Ask<long>(
            _connectionString, $"SELECT count(*) FROM pg_stat_activity WHERE pid = {processId}"),
        until: count => count == 0, "the server has ended the session");

    private Task<long> Stored() => TestDatabase.Ask<long>(_connectionString, "SELECT count(*) FROM items");

    private void Count(
        Instrument instrument, long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name == "commit.outcome_unknown")
        {
            Interlocked.Add(ref _unknowns, measurement);
        }

        foreach (var tag in tags)
        {
            if (instrument.Name == "commit.retried" && tag is { Key: "reason", Value: string reason })
            {
                _retries[reason] = _retries.GetValueOrDefault(reason) + measurement;
            }
        }
    }
}
