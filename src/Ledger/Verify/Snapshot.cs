using Npgsql;

namespace Stk.Ledger.Verify;

/// <summary>
/// Several connections that see one and the same moment, so that tables can be streamed beside each other while the
/// ledger goes on.
/// </summary>
public sealed class Snapshot : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly List<NpgsqlConnection> _connections = [];

    private Snapshot(NpgsqlDataSource database) => _database = database;

    /// <summary>The server's name of the moment.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The first one: for one query at a time.</summary>
    public NpgsqlConnection Connection => _connections[0];

    /// <summary>This moment, as it is committed. Read only.</summary>
    public static async Task<Snapshot> Take(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var snapshot = new Snapshot(database);
        try
        {
            var connection = await snapshot.Begin(cancellation);
            await using var export = new NpgsqlCommand("SELECT pg_export_snapshot()", connection);
            snapshot.Id = (string)(await export.ExecuteScalarAsync(cancellation))!; // never null, by its definition
            return snapshot;
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same moment for somebody who looks at it meanwhile. This one must outlive it.</summary>
    public async Task<Snapshot> Beside(CancellationToken cancellation)
    {
        var beside = new Snapshot(_database) { Id = Id };
        try
        {
            await beside.Open(cancellation);
            return beside;
        }
        catch
        {
            await beside.DisposeAsync();
            throw;
        }
    }

    /// <summary>A further connection at the same moment. Closed with the snapshot.</summary>
    public async Task<NpgsqlConnection> Open(CancellationToken cancellation)
    {
        var connection = await Begin(cancellation);
#pragma warning disable CA2100 // SET takes no parameter; the id is the server's own.
        await using var import = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{Id}'", connection);
#pragma warning restore CA2100
        await import.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> Begin(CancellationToken cancellation)
    {
        var connection = await _database.OpenConnectionAsync(cancellation);
        _connections.Add(connection);
        // A stream is read while others wait, for as long as a journal is, and a cursor to its end. The pool resets all
        // three.
        await using var begin = new NpgsqlCommand(
            """
            SET idle_in_transaction_session_timeout = 0;
            SET statement_timeout = 0;
            SET cursor_tuple_fraction = 1;
            BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
            """,
            connection);
        await begin.ExecuteNonQueryAsync(cancellation);
        return connection;
    }
}
