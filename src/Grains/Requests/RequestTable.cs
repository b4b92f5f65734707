using System.Diagnostics.Metrics;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Spending;
using Stk.Storage;
using Stk.Storage.Sql;

namespace Stk.Grains.Requests;

/// <summary>What an id was answered: <c>spending.requests</c>.</summary>
/// <param name="Refusal">Null where it was done.</param>
/// <param name="Transaction">The ledger's; null where it made none.</param>
internal sealed record StoredRequest(Guid Id, byte[] Fingerprint, SpendingRefusal? Refusal, Guid? Transaction)
{
    public bool IsOf(RequestKey key) => Fingerprint.AsSpan().SequenceEqual(key.Fingerprint);
}

/// <summary>
/// Table <c>spending.requests</c>. Rows of requests that were done are written by <see cref="RequestEffect"/>; all other
/// SQL that touches it is in this file.
/// </summary>
internal sealed class RequestTable
{
    private const int IdsMax = 500;
    // A second reader would take what has just come, a few at a time.
    private const int ReadsMax = 1;
    private const int WaitingMax = 10_000;

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    private const string FindSql =
        "SELECT id, fingerprint, refusal, transaction_id FROM spending.requests WHERE id = ANY($1)";

    private const string RefuseSql = """
        INSERT INTO spending.requests (id, fingerprint, refusal, at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING
        """;

    private const string DropSql = "SELECT spending.drop_refusals()";

    private const string InsertSql = "INSERT INTO spending.requests (id, fingerprint, at) VALUES ($1, $2, $3)";

    private readonly NpgsqlDataSource _database;
    private readonly LookupConnections _lookups;
    private readonly GroupRead<Guid, StoredRequest> _finds;

    public RequestTable(NpgsqlDataSource database, LookupConnections lookups, IMeterFactory meters)
    {
        _database = database;
        _lookups = lookups;
        _finds = new(new("requests", IdsMax, ReadsMax, WaitingMax, WaitMax), Find, meters, TimeProvider.System);
    }

    /// <summary>
    /// The command that stores that a request was done without a transaction. It fails where the id has a row.
    /// </summary>
    public static NpgsqlBatchCommand Insert(RequestKey key, DateTimeOffset at) =>
        new NpgsqlBatchCommand(InsertSql).With(key.Id).With(key.Fingerprint).With(at.UtcDateTime);

    /// <summary>Null where this id was not answered yet. Read together with whoever else asks.</summary>
    public Task<StoredRequest?> Find(Guid id, CancellationToken cancellation) => _finds.Get(id, cancellation);

    /// <summary>Stores a refusal, unless the id was answered meanwhile.</summary>
    /// <returns>False where it was: read what it was answered.</returns>
    public async Task<bool> Refuse(RequestKey key, SpendingRefusal reason, DateTimeOffset at)
    {
        await using var command = _database.CreateCommand(RefuseSql)
            .With(key.Id).With(key.Fingerprint).With((short)reason).With(at.UtcDateTime);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>Drops the refusals whose days are over.</summary>
    public async Task DropRefusals(CancellationToken cancellation)
    {
        await using var command = _database.CreateCommand(DropSql);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<IReadOnlyDictionary<Guid, StoredRequest>> Find(
        IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = new Dictionary<Guid, StoredRequest>();
        await using var command = _lookups.Source.CreateCommand(FindSql).With(ids.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add(row.GetGuid(0), new(
                row.GetGuid(0), row.GetFieldValue<byte[]>(1), row.IsDBNull(2) ? null : (SpendingRefusal)row.GetInt16(2),
                row.IdOrNull(3)));
        }

        return found;
    }
}
