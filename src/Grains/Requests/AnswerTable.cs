using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Storage.Sql;

namespace Stk.Grains.Requests;

/// <summary>Table <c>economy.answers</c>: what writes that make no ledger transaction were answered.</summary>
internal sealed class AnswerTable(NpgsqlDataSource database)
{
    private const string FindSql = "SELECT fingerprint, answer FROM economy.answers WHERE id = $1";

    private const string InsertSql = "INSERT INTO economy.answers (id, fingerprint, answer, at) VALUES ($1, $2, $3, $4)";

    /// <summary>Null where this id was not answered yet.</summary>
    public async Task<(byte[] Fingerprint, byte[] Answer)?> Find(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>The command that stores an answer. It fails where the id has one.</summary>
    public static NpgsqlBatchCommand Insert(RequestKey key, byte[] answer, DateTimeOffset at) =>
        new NpgsqlBatchCommand(InsertSql).With(key.Id).With(key.Fingerprint).With(answer).With(at.UtcDateTime);
}
