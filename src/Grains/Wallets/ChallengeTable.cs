using Npgsql;
using Stk.Rules.Wallets;
using Stk.Storage.Sql;

namespace Stk.Grains.Wallets;

/// <summary>Table <c>settlement.challenges</c>. All SQL that touches it is in this file.</summary>
internal sealed class ChallengeTable(NpgsqlDataSource database)
{
    // Of one participant: whoever asks for more takes the oldest from themselves.
    private const int MostOpen = 16;

    private const string InsertSql = """
        INSERT INTO settlement.challenges (nonce, participant, address, form, text, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string DropEndedSql = "DELETE FROM settlement.challenges WHERE expires_at <= $1";

    private const string DropOldestSql = """
        DELETE FROM settlement.challenges WHERE nonce IN (
            SELECT nonce FROM settlement.challenges WHERE participant = $1 ORDER BY expires_at DESC, nonce OFFSET $2)
        """;

    private const string FindSql = """
        SELECT address, form, text FROM settlement.challenges WHERE nonce = $1 AND participant = $2 AND expires_at > $3
        """;

    private const string UseSql = """
        WITH used AS (DELETE FROM settlement.challenges WHERE nonce = $1 AND participant = $2 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM used) = 1, 'a challenge that was not answered')
        """;

    /// <summary>Keeps what a wallet was asked, and drops what has ended meanwhile.</summary>
    /// <param name="now">By the host's clock.</param>
    public async Task Insert(
        string nonce, long participant, StoredChallenge challenge, DateTimeOffset expiresAt, DateTimeOffset now,
        CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(DropEndedSql).With(now.UtcDateTime));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(nonce).With(participant).With(challenge.Address).With((short)challenge.Form).With(challenge.Text)
            .With(expiresAt.UtcDateTime));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(DropOldestSql).With(participant).With((long)MostOpen));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What this participant was asked; null where it was not, was answered, or has ended.</summary>
    /// <param name="now">By the host's clock.</param>
    public async Task<StoredChallenge?> Find(
        string nonce, long participant, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(nonce).With(participant).With(now.UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(row.GetString(0), (ProofForm)row.GetInt16(1), row.GetString(2))
            : null;
    }

    /// <summary>The command that uses a challenge up. It fails where it was used.</summary>
    public static NpgsqlBatchCommand Use(string nonce, long participant) =>
        new NpgsqlBatchCommand(UseSql).With(nonce).With(participant);
}

/// <param name="Address">Base58.</param>
/// <param name="Text">To the byte.</param>
internal sealed record StoredChallenge(string Address, ProofForm Form, string Text);
