using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Pulls;
using Stk.Storage.Sql;

namespace Stk.Grains.Pulls;

/// <summary>Table <c>sources.backfills</c>.</summary>
internal sealed class BackfillTable(NpgsqlDataSource database)
{
    // Two silos that both believed it would say the same: a window is read twice then, and counted once.
    private const string IsHeld = """
        done_to = $4 AND EXISTS (SELECT FROM sources.pulls WHERE source_id = $1 AND epoch = $2 AND lease_until > now())
        """;

    private const string ListSql = """
        SELECT one.id, from_at, to_at, done_to, found, one.reason, asked_by, asked_at, last_error
        FROM sources.backfills one JOIN activity.sources source ON source.id = one.source_id
        WHERE source.name = $1 AND ($2::uuid IS NULL OR one.id = $2) ORDER BY asked_at DESC, one.id DESC LIMIT 200
        """;

    private const string NextSql = """
        SELECT id, done_to, to_at, failures FROM sources.backfills
        WHERE source_id = $1 AND ended_at IS NULL AND next_at <= now() ORDER BY asked_at, id LIMIT 1
        """;

    private const string AskSql = """
        INSERT INTO sources.backfills (id, source_id, from_at, to_at, done_to, reason, asked_by, asked_at)
        VALUES ($1, $2, $3, $4, $3, $5, $6, $7)
        """;

    private const string AdvanceSql = $"""
        UPDATE sources.backfills
        SET done_to = $5, found = found + $6, failures = 0, last_error = NULL,
            ended_at = CASE WHEN $5 = to_at THEN now() END
        WHERE id = $3 AND {IsHeld}
        """;

    private const string FailSql = $"""
        UPDATE sources.backfills SET failures = failures + 1, last_error = $5, next_at = now() + $6
        WHERE id = $3 AND {IsHeld}
        """;

    /// <summary>The newest first, at most 200.</summary>
    /// <param name="id">Null: all.</param>
    public async Task<ImmutableArray<BackfillView>> List(string source, Guid? id, CancellationToken cancellation)
    {
        var backfills = ImmutableArray.CreateBuilder<BackfillView>();
        await using var command = database.CreateCommand(ListSql).With(source).WithNullable(id, NpgsqlDbType.Uuid);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            backfills.Add(new(
                row.GetGuid(0), row.Instant(1), row.Instant(2), row.Instant(3), row.GetInt64(4), row.TextOrNull(5),
                row.GetString(6), row.Instant(7), row.TextOrNull(8)));
        }

        return backfills.ToImmutable();
    }

    /// <summary>The one whose turn it is; null where there is none, or all must wait.</summary>
    public async Task<WaitingBackfill?> FindNext(int source, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(NextSql).With(source);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(row.GetGuid(0), row.Instant(1), row.Instant(2), row.GetInt32(3))
            : null;
    }

    /// <summary>The command that asks for one.</summary>
    public static NpgsqlBatchCommand Ask(
        Guid id, int source, DateTimeOffset from, DateTimeOffset to, string? reason, string by, DateTimeOffset at) =>
        new NpgsqlBatchCommand(AskSql)
            .With(id).With(source).With(from.UtcDateTime).With(to.UtcDateTime).WithNullable(reason, NpgsqlDbType.Text)
            .With(by).With(at.UtcDateTime);

    /// <summary>All before an instant has been read.</summary>
    /// <exception cref="PullOvertakenException">Another silo asks now.</exception>
    public async Task Advance(
        PullLease held, WaitingBackfill back, DateTimeOffset doneTo, int found, CancellationToken cancellation)
    {
        await using var command = With(database.CreateCommand(AdvanceSql), held, back)
            .With(doneTo.ToUniversalTime()).With((long)found);
        await Expect(command, cancellation);
    }

    /// <summary>It waits, and is tried again.</summary>
    /// <exception cref="PullOvertakenException">Another silo asks now.</exception>
    public async Task Fail(
        PullLease held, WaitingBackfill back, string reason, TimeSpan pause, CancellationToken cancellation)
    {
        await using var command = With(database.CreateCommand(FailSql), held, back).With(reason).With(pause);
        await Expect(command, cancellation);
    }

    private static NpgsqlCommand With(NpgsqlCommand command, PullLease held, WaitingBackfill back) =>
        command.With(held.SourceId).With(held.Epoch).With(back.Id).With(back.DoneTo.ToUniversalTime());

    private static async Task Expect(NpgsqlCommand command, CancellationToken cancellation)
    {
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
        {
            throw new PullOvertakenException("the lease has ended");
        }
    }
}

/// <param name="DoneTo">All before it has been read; before <paramref name="To"/>.</param>
/// <param name="Failures">In a row.</param>
internal sealed record WaitingBackfill(Guid Id, DateTimeOffset DoneTo, DateTimeOffset To, int Failures);
