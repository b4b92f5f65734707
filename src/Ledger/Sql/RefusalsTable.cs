using Npgsql;
using Stk.Ledger.Machine;
using Stk.Storage.Sql;

namespace Stk.Ledger.Sql;

internal readonly record struct RefusalRow(Guid Id, Digest ContentHash, Refusal Reason);

internal static class RefusalsTable
{
    private const string ReadSql = "SELECT id, content_hash, reason FROM ledger.refusals WHERE id = ANY ($1)";

    private const string InsertSql = """
        INSERT INTO ledger.refusals (id, content_hash, reason)
        SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::smallint[])
        """;

    private const string PurgeSql = "DELETE FROM ledger.refusals WHERE at < now() - make_interval(days => $1)";

    public static NpgsqlBatchCommand Read(Guid[] ids) => new NpgsqlBatchCommand(ReadSql).With(ids);

    public static async Task Rows(
        NpgsqlDataReader reader, Dictionary<Guid, PastAnswer> answers, CancellationToken cancellation)
    {
        while (await reader.ReadAsync(cancellation))
        {
            answers.Add(reader.GetGuid(0), new(
                new(reader.GetFieldValue<byte[]>(1)), Accepted: null, (Refusal)reader.GetInt16(2)));
        }
    }

    public static NpgsqlBatchCommand Insert(IReadOnlyList<RefusalRow> rows) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(rows.Column(row => row.Id))
            .With(rows.Column(row => row.ContentHash.ToArray()))
            .With(rows.Column(row => (short)row.Reason));

    public static async Task<int> Purge(NpgsqlConnection connection, int days, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(PurgeSql, connection).With(days);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
