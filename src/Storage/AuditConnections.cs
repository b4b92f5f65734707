using Npgsql;

namespace Stk.Storage;

/// <summary>
/// The connections of the nightly audit, which streams the journal and the tables of effects beside each other: apart, so
/// that nothing else waits for them, and as many as it takes, whatever the operator's pools have. None is open by day.
/// </summary>
public sealed class AuditConnections(NpgsqlDataSource source) : IAsyncDisposable
{
    // A snapshot, the journal's four streams, and one each for transactions and for all kinds of effects beside them.
    private const int ConnectionsMax = 12;

    public NpgsqlDataSource Source { get; } = source;

    public static AuditConnections Open(StorageOptions options)
    {
        var limit = TimeSpan.FromSeconds(options.StatementTimeoutSeconds);
        var builder = new NpgsqlConnectionStringBuilder(StorageConnections.Configure(
            options, "audit", $"""
            -c jit=off -c lock_timeout={options.LockTimeoutMs} -c statement_timeout={options.StatementTimeoutSeconds}s
            """,
            limit + TimeSpan.FromSeconds(5)))
        {
            MaxPoolSize = ConnectionsMax,
        };
        return new(new NpgsqlDataSourceBuilder(builder.ConnectionString).Build());
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
