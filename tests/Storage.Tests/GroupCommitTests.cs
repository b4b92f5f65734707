using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Stk.Testing;
using Xunit;

namespace Stk.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class GroupCommitTests(PostgresServerWithoutFsync server) : IAsyncLifetime, IDisposable
{
    // Goes in one request with COMMIT, and with nothing else.
    private const string InsertSql = "INSERT INTO items SELECT unnest($1::integer[]) ON CONFLICT DO NOTHING";

    private static readonly GroupCommitSettings Settings = new(
        "items", WeightMax: 100, WaitingMax: 1_000, WaitMax: TimeSpan.FromSeconds(60), RetryFor: TimeSpan.FromSeconds(10));

    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<int[]> _batches = new();
    private readonly TestMeters _meters = new();
    private string _connectionString = "";
    private WriterConnections _connections = null!; // by InitializeAsync

    public async Task InitializeAsync()
    {
        _connectionString = await server.CreateDatabase();
        await TestDatabase.Execute(_connectionString, "CREATE TABLE items (id integer PRIMARY KEY CHECK (id <> 13))");
        _connections = WriterConnections.Open(new() { ConnectionString = _connectionString });
    }

    public async Task DisposeAsync()
    {
        _open.TrySetResult();
        await _connections.DisposeAsync();
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public async Task A_lone_item_is_committed_at_once()
    {
        await using var group = Group(Insert);
        Assert.Equal("1", await Post(group, 1));
        Assert.Equal([1], await Stored());
    }

    [Fact]
    public async Task What_waits_behind_a_busy_writer_is_committed_together_within_the_limit()
    {
        await using var group = Group(InsertWhenOpen);
        var first = Post(group, 1);
        await Started(1);
        var rest = Enumerable.Range(100, 150).Select(id => Post(group, id)).ToArray();
        _open.SetResult();

        Assert.Equal(Enumerable.Range(100, 150).Select(id => $"{id}"), await Task.WhenAll(rest));
        await first;
        Assert.Equal([1, 100, 50], _batches.Select(batch => batch.Length));
    }

    [Fact]
    public async Task Interactive_items_go_first_and_a_bulk_one_always_goes_along()
    {
        await using var group = Group(InsertWhenOpen, Settings with { WeightMax = 4 });
        var first = Post(group, 1);
        await Started(1);
        Task[] all =
        [
            first,
            .. Enumerable.Range(200, 4).Select(id => Post(group, id, CommitPriority.Bulk)),
            .. Enumerable.Range(100, 6).Select(id => Post(group, id)),
        ];
        _open.SetResult();
        await Task.WhenAll(all);

        Assert.Equal([[1], [100, 101, 102, 200], [103, 104, 105, 201], [202, 203]], _batches);
    }

    [Fact]
    public async Task An_item_heavier_than_the_limit_goes_alone()
    {
        await using var group = Group(InsertWhenOpen);
        var first = Post(group, 1);
        await Started(1);
        Task[] all =
        [
            first, group.Post(2, 101, CommitPriority.Interactive, default), Post(group, 3),
        ];
        _open.SetResult();
        await Task.WhenAll(all);

        Assert.Equal([[1], [2], [3]], _batches);
    }

    [Fact]
    public async Task Past_the_bound_it_is_busy_and_what_was_let_in_is_committed()
    {
        await using var group = Group(InsertWhenOpen, Settings with { WaitingMax = 2 });
        var first = Post(group, 1);
        await Started(1);
        Task[] waiting = [Post(group, 2), Post(group, 3)];

        await Assert.ThrowsAsync<BusyException>(() => Post(group, 4));

        _open.SetResult();
        await Task.WhenAll([first, .. waiting]);
        Assert.Equal([1, 2, 3], await Stored());
    }

    [Fact]
    public async Task An_item_that_has_waited_too_long_is_refused_before_its_batch()
    {
        await using var group = Group(Insert, Settings with { WaitMax = TimeSpan.Zero });
        await Assert.ThrowsAsync<BusyException>(() => Post(group, 1));
        Assert.Empty(await Stored());
    }

    [Fact]
    public async Task A_caller_who_goes_while_waiting_is_dropped_and_one_who_goes_later_is_not()
    {
        await using var group = Group(InsertWhenOpen);
        using var early = new CancellationTokenSource();
        using var late = new CancellationTokenSource();
        var started = group.Post(1, 1, CommitPriority.Interactive, late.Token);
        await Started(1);
        var waiting = group.Post(2, 1, CommitPriority.Interactive, early.Token);

        await early.CancelAsync();
        await late.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _open.SetResult();
        Assert.Equal("1", await started);
        await Post(group, 3);
        Assert.Equal([1, 3], await Stored());
    }

    [Fact]
    public async Task An_item_that_always_fails_fails_alone()
    {
        await using var group = Group(InsertWhenOpen);
        var first = Post(group, 1);
        await Started(1);
        var rest = Enumerable.Range(10, 7).ToDictionary(id => id, id => Post(group, id));
        _open.SetResult();
        await first;

        var failure = await Assert.ThrowsAsync<PostgresException>(() => rest[13]);
        Assert.Equal(PostgresErrorCodes.CheckViolation, failure.SqlState);
        await Task.WhenAll(rest.Where(post => post.Key != 13).Select(post => post.Value));
        Assert.Equal([1, 10, 11, 12, 14, 15, 16], await Stored());
    }

    [Fact]
    public async Task An_error_that_was_swallowed_in_the_transaction_never_passes_for_a_commit()
    {
        await using var group = Group(async (attempt, batch, cancellation) =>
        {
            await using (var begin = attempt.Begin())
            {
                begin.BatchCommands.Add(new("INSERT INTO items VALUES (13)"));
                await Assert.ThrowsAsync<PostgresException>(() => begin.ExecuteNonQueryAsync(cancellation));
            }

            await using var nothing = new NpgsqlBatch(attempt.Connection);
            await attempt.Commit(nothing, cancellation);
            return [.. batch.Select(id => $"{id}")];
        });

        var failure = await Assert.ThrowsAsync<PostgresException>(() => Post(group, 1));

        Assert.Equal(PostgresErrorCodes.InFailedSqlTransaction, failure.SqlState);
    }

    [Fact]
    public async Task A_backend_lost_before_commit_costs_a_retry()
    {
        await using var group = Group(async (attempt, batch, cancellation) =>
        {
            if (attempt.Number == 1)
            {
                await TestDatabase.Execute(
                    _connectionString, $"SELECT pg_terminate_backend({attempt.Connection.ProcessID}, 30000)");
            }

            return await Insert(attempt, batch, cancellation);
        });

        Assert.Equal("1", await Post(group, 1));
        Assert.Equal([1], await Stored());
    }

    [Theory]
    [InlineData(Cut.BeforeRequest)]
    [InlineData(Cut.AfterRequest)]
    [InlineData(Cut.BeforeAnswer)]
    public async Task A_commit_lost_on_the_wire_is_settled_by_running_again(Cut cut)
    {
        await using var proxy = new TcpProxy(server.Port);
        await using var through = Through(proxy);
        await using var group = Group(Insert, connections: through);
        proxy.CutAt(InsertSql, cut);

        Assert.Equal("1", await Post(group, 1));
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal([1], await Stored());
    }

    [Fact]
    public async Task A_commit_that_cannot_be_settled_is_unknown_and_not_failed()
    {
        await using var proxy = new TcpProxy(server.Port);
        await using var through = Through(proxy);
        await using var group = Group(
            Insert, Settings with { RetryFor = TimeSpan.FromMilliseconds(200) }, through);
        proxy.CutAt(InsertSql, Cut.BeforeAnswer, isLast: true);

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => Post(group, 1));

        Assert.Equal([1], await Stored());
    }

    [Fact]
    public async Task Without_a_database_nothing_was_committed_and_the_callers_hear_so()
    {
        await using var nowhere = WriterConnections.Open(new()
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(_connectionString) { Port = FreePort.Next() }
                .ConnectionString,
        });
        await using var group = Group(
            Insert, Settings with { RetryFor = TimeSpan.FromMilliseconds(200) }, nowhere);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => Post(group, 1));
    }

    [Fact]
    public async Task Disposing_commits_what_waits_and_refuses_what_comes()
    {
        var group = Group(InsertWhenOpen);
        var first = Post(group, 1);
        await Started(1);
        var waiting = Post(group, 2);

        var disposing = group.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Post(group, 3));
        _open.SetResult();
        await disposing;

        Assert.True(first.IsCompletedSuccessfully && waiting.IsCompletedSuccessfully);
        Assert.Equal([1, 2], await Stored());
    }

    private static Task<string> Post(
        GroupCommit<int, string> group, int id, CommitPriority priority = CommitPriority.Interactive) =>
        group.Post(id, weight: 1, priority, CancellationToken.None);

    private WriterConnections Through(TcpProxy proxy) => WriterConnections.Open(new()
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(_connectionString)
        {
            Port = proxy.Port,
            // Else the mark could not be read on the wire.
            SslMode = SslMode.Disable,
        }.ConnectionString,
    });

    private GroupCommit<int, string> Group(
        BatchCommit<int, string> commit, GroupCommitSettings? settings = null, WriterConnections? connections = null) =>
        new(settings ?? Settings, connections ?? _connections, commit, NullLogger.Instance, _meters);

    // A repeat is no error: a batch may run again.
    private static async Task<IReadOnlyList<string>> Insert(
        CommitAttempt attempt, IReadOnlyList<int> batch, CancellationToken cancellation)
    {
        await using (var begin = attempt.Begin())
        {
            await begin.ExecuteNonQueryAsync(cancellation);
        }

        await using var writes = new NpgsqlBatch(attempt.Connection)
        {
            BatchCommands =
            {
                new(InsertSql)
                {
                    Parameters = { new NpgsqlParameter<int[]> { TypedValue = [.. batch] } },
                },
            },
        };
        await attempt.Commit(writes, cancellation);
        return [.. batch.Select(id => $"{id}")];
    }

    // The first batch stays in the writer until the test opens it.
    private async Task<IReadOnlyList<string>> InsertWhenOpen(
        CommitAttempt attempt, IReadOnlyList<int> batch, CancellationToken cancellation)
    {
        _batches.Enqueue([.. batch]);
        await _open.Task;
        return await Insert(attempt, batch, cancellation);
    }

    private async Task Started(int batches) => await Eventually.Get(
        () => Task.FromResult(_batches.Count), until: count => count == batches, "the writer has its batch");

    private async Task<IEnumerable<int>> Stored() => await TestDatabase.Ask<int[]>(
        _connectionString, "SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM items");
}
