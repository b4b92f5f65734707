using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Sources;
using Stk.Storage.Sql;

namespace Stk.Grains.Sources;

/// <summary>Tables <c>sources.voids</c> and <c>sources.void_lifts</c>. All SQL that writes them is in this file.</summary>
internal sealed class VoidTable(NpgsqlDataSource database)
{
    private const string ListSql = """
        SELECT void.id, received_from, received_to, types, void.reason, void.asked_by, void.approved_by, void.at,
            lift.at, lift.reason
        FROM sources.voids void JOIN activity.sources source ON source.id = void.source_id
        LEFT JOIN sources.void_lifts lift ON lift.void = void.id
        WHERE source.name = $1 ORDER BY void.at DESC, void.id DESC LIMIT 200
        """;

    private const string FindSql = """
        SELECT lift.void IS NOT NULL FROM sources.voids void
        JOIN activity.sources source ON source.id = void.source_id
        LEFT JOIN sources.void_lifts lift ON lift.void = void.id
        WHERE source.name = $1 AND void.id = $2
        """;

    private const string CountSql = """
        SELECT count(*) FILTER (WHERE week.sealed_at IS NULL), count(*) FILTER (WHERE week.sealed_at IS NOT NULL)
        FROM activity.events event JOIN activity.weeks week USING (week)
        JOIN activity.sources source ON source.id = event.source_id
        WHERE source.name = $1 AND event.received_at >= $2 AND event.received_at < $3
            AND ($4::text[] IS NULL OR event.type = ANY ($4))
        """;

    // Like intake: a seal waits for it, or comes first.
    private const string LockSql = "SELECT week FROM activity.weeks WHERE sealed_at IS NULL ORDER BY week FOR SHARE";

    private const string SealedThrough = """
        COALESCE((SELECT max(week) FROM activity.weeks WHERE sealed_at IS NOT NULL), 0)
        """;

    private const string InsertSql = $"""
        INSERT INTO sources.voids (
            id, source_id, received_from, received_to, types, after_week, reason, asked_by, approved_by, at)
        SELECT $1, id, $3, $4, $5, {SealedThrough}, $6, $7, $8, $9 FROM activity.sources WHERE name = $2
        """;

    private const string LiftSql = $"""
        INSERT INTO sources.void_lifts (void, approval, until_week, reason, asked_by, approved_by, at)
        VALUES ($1, $2, {SealedThrough}, $3, $4, $5, $6)
        """;

    public async Task<ImmutableArray<VoidView>> List(string source, CancellationToken cancellation)
    {
        var voids = ImmutableArray.CreateBuilder<VoidView>();
        await using var command = database.CreateCommand(ListSql).With(source);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            voids.Add(new(
                row.GetGuid(0), row.Instant(1), row.Instant(2),
                row.IsDBNull(3) ? null : [.. row.GetFieldValue<string[]>(3)],
                row.GetString(4), row.GetString(5), row.GetString(6), row.Instant(7), row.InstantOrNull(8),
                row.TextOrNull(9)));
        }

        return voids.ToImmutable();
    }

    /// <summary>Whether it is lifted; null where the source has none of this id.</summary>
    public async Task<bool?> FindLifted(string source, Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(source).With(id);
        return await command.ExecuteScalarAsync(cancellation) as bool?;
    }

    /// <summary>How many events there are, of weeks that are open and of those that are sealed.</summary>
    public async Task<(long Open, long Sealed)> Count(VoidAct act, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(CountSql)
            .With(act.Source).With(act.ReceivedFrom.UtcDateTime).With(act.ReceivedTo.UtcDateTime)
            .WithNullable(act.Types, NpgsqlDbType.Array | NpgsqlDbType.Text);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>The commands that take them out, of one transaction.</summary>
    public static NpgsqlBatchCommand[] Insert(
        Guid approval, VoidAct act, string reason, string askedBy, string approvedBy, DateTimeOffset at) =>
    [
        new NpgsqlBatchCommand(LockSql),
        new NpgsqlBatchCommand(InsertSql)
            .With(approval).With(act.Source).With(act.ReceivedFrom.UtcDateTime).With(act.ReceivedTo.UtcDateTime)
            .WithNullable(act.Types, NpgsqlDbType.Array | NpgsqlDbType.Text).With(reason).With(askedBy).With(approvedBy)
            .With(at.UtcDateTime),
    ];

    /// <summary>The commands that let them count again, of one transaction. It fails where they do already.</summary>
    public static NpgsqlBatchCommand[] Lift(
        Guid approval, Guid ofVoid, string reason, string askedBy, string approvedBy, DateTimeOffset at) =>
    [
        new NpgsqlBatchCommand(LockSql),
        new NpgsqlBatchCommand(LiftSql)
            .With(ofVoid).With(approval).With(reason).With(askedBy).With(approvedBy).With(at.UtcDateTime),
    ];
}
