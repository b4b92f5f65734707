using Npgsql;
using Stk.Rules.Sessions;
using Stk.Storage.Sql;

namespace Stk.Grains.Sessions;

/// <summary>Table <c>sessions.sessions</c>. All SQL that touches it is in this file.</summary>
internal sealed class SessionTable(NpgsqlDataSource database)
{
    private const string FindSql = """
        SELECT id, subject, role, signed_in_at, ends_at, seen_at FROM sessions.sessions
        WHERE hash = $1 AND ended_at IS NULL
        """;

    private const string SeeSql = "UPDATE sessions.sessions SET seen_at = $2 WHERE hash = $1 AND seen_at < $2";

    // A row is needed until its code has ended too, which is minutes after it was made. A few are swept each time: as many
    // as come.
    private const string OpenSql = """
        WITH swept AS (
            DELETE FROM sessions.sessions WHERE hash IN (
                SELECT hash FROM sessions.sessions WHERE ends_at < $6::timestamptz - interval '1 day'
                ORDER BY ends_at LIMIT 4 FOR UPDATE SKIP LOCKED))
        INSERT INTO sessions.sessions (hash, id, code, subject, role, signed_in_at, ends_at, seen_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $6) ON CONFLICT (code) DO NOTHING
        """;

    private const string EndSql = "UPDATE sessions.sessions SET ended_at = $2 WHERE hash = $1 AND ended_at IS NULL";

    private const string EndAllSql = """
        UPDATE sessions.sessions SET ended_at = $2
        WHERE ended_at IS NULL AND (subject, role) = (SELECT subject, role FROM sessions.sessions WHERE hash = $1)
        """;

    public async Task<StoredSession?> Find(byte[] hash, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(hash);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.Instant(3), row.Instant(4)), row.Instant(5))
            : null;
    }

    public Task See(byte[] hash, DateTimeOffset now, CancellationToken cancellation) =>
        Run(database.CreateCommand(SeeSql).With(hash).With(now.UtcDateTime), cancellation);

    /// <summary>False where the code has opened one before.</summary>
    public async Task<bool> Open(byte[] hash, string code, Session session, CancellationToken cancellation) =>
        await Run(
            database.CreateCommand(OpenSql)
                .With(hash).With(session.Id).With(code).With(session.Subject).With(session.Role)
                .With(session.SignedInAt.UtcDateTime).With(session.EndsAt.UtcDateTime),
            cancellation) == 1;

    public Task End(byte[] hash, DateTimeOffset now, CancellationToken cancellation) =>
        Run(database.CreateCommand(EndSql).With(hash).With(now.UtcDateTime), cancellation);

    /// <summary>Every one of the subject in the role of this one, whether it has ended or not.</summary>
    public Task EndAll(byte[] hash, DateTimeOffset now, CancellationToken cancellation) =>
        Run(database.CreateCommand(EndAllSql).With(hash).With(now.UtcDateTime), cancellation);

    private static async Task<int> Run(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}

/// <param name="SeenAt">When it was last used.</param>
internal sealed record StoredSession(Session Session, DateTimeOffset SeenAt);
