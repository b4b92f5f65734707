using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Storage.Sql;

namespace Stk.Grains.Requests;

/// <summary>Table <c>economy.answers</c>: what writes that make no ledger transaction were answered.</summary>
internal sealed class AnswerTable(NpgsqlDataSource database)
{
    private const string FindSql = "SELECT fingerprint, answer FROM economy.answers WHERE id = $1";

    // As many days as spending.drop_refusals keeps refusals.
    private const string InsertSql = """
        INSERT INTO economy.answers (id, fingerprint, answer, at, ends_on)
        VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN NULL ELSE (now() AT TIME ZONE 'UTC')::date + 30 END)
        """;

    private const string DropSql = "SELECT economy.drop_answers()";

    /// <summary>Null where this id was not answered yet.</summary>
    public async Task<(byte[] Fingerprint, byte[] Answer)?> Find(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>The command that stores an answer. It fails where the id has one.</summary>
    /// <param name="isForEver">False where it is kept no longer than a refusal.</param>
    public static NpgsqlBatchCommand Insert(RequestKey key, byte[] answer, DateTimeOffset at, bool isForEver = true) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(key.Id).With(key.Fingerprint).With(answer).With(at.UtcDateTime).With(isForEver);

    /// <summary>Drops the answers whose days are over.</summary>
    public async Task DropEnded(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(DropSql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
