using Npgsql;

namespace Stk.Storage;

/// <summary>
/// The connections of short reads by key, which many ask at once. As the writers' they keep one plan for each statement and
/// always take an index: a plan of a table's first minute would scan it when it has grown, until the server's statistics
/// are made anew.
/// </summary>
/// <remarks>
/// What is not by key from its first row on belongs on the other connections: here it would walk an index.
/// </remarks>
public sealed class LookupConnections(NpgsqlDataSource source) : IAsyncDisposable
{
    // A few group reads, a follower, and the odd lone key.
    private const int ConnectionsMax = 12;

    public NpgsqlDataSource Source { get; } = source;

    public static LookupConnections Open(StorageOptions options) => new(new NpgsqlDataSourceBuilder(
        StorageConnections.Configure(
            options, "lookup", $"-c statement_timeout={options.WriterStatementTimeoutMs} {StorageConnections.ByKeyOnly}",
            TimeSpan.FromMilliseconds(options.WriterStatementTimeoutMs) + TimeSpan.FromSeconds(5), ConnectionsMax)).Build());

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
