using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Identities;
using Stk.Storage.Sql;

namespace Stk.Grains.Identities;

/// <summary>Table <c>activity.merges</c>, and the links that a merge makes.</summary>
internal sealed class MergeTable(NpgsqlDataSource database)
{
    private const string SealedThrough = """
        coalesce((SELECT max(week) FROM activity.weeks WHERE sealed_at IS NOT NULL), 0)
        """;

    private const string ListSql = """
        SELECT merge.id, merged.id, survivor.id, identities, at, by, reason, undone_at, undone_by, undone_reason
        FROM activity.merges merge JOIN activity.participants merged ON merged.number = merge.merged
        JOIN activity.participants survivor ON survivor.number = merge.survivor
        WHERE $1::uuid IS NULL OR merge.id = $1 ORDER BY at DESC, merge.id DESC LIMIT 200
        """;

    private const string StandsSql = """
        WITH owner AS (
            SELECT coalesce((SELECT survivor FROM activity.linked WHERE identity = number), number) AS number
            FROM activity.participants WHERE id = $1),
        one AS (
            SELECT participant.* FROM activity.participants participant
            WHERE number IN (
                SELECT number FROM owner UNION ALL
                SELECT identity FROM activity.linked WHERE survivor = (SELECT number FROM owner)))
        SELECT owner.number, (SELECT id FROM one WHERE one.number = owner.number),
            array(SELECT one.number FROM one ORDER BY 1), array(SELECT id FROM one ORDER BY 1),
            EXISTS (SELECT FROM ledger.accounts WHERE kind IN (6, 7, 8) AND accounts.owner = owner.number)
                OR EXISTS (SELECT FROM settlement.wallets WHERE participant = owner.number)
                OR EXISTS (SELECT FROM spending.services WHERE provider = owner.number)
                OR EXISTS (
                    SELECT FROM operators.register JOIN one ON register.participant = one.id OR register.subject = one.id),
            EXISTS (SELECT FROM sessions.sessions JOIN one ON subject = one.id WHERE role = 'participant'),
            EXISTS (
                SELECT FROM weeks.runs CROSS JOIN one
                JOIN activity.events event ON event.week = runs.week AND event.shard = one.shard
                    AND event.participant = one.number
                WHERE runs.settled_at IS NULL)
        FROM owner
        """;

    private const string LooseSql = """
        SELECT EXISTS (
            SELECT FROM activity.links link JOIN activity.merges merge ON merge.id = link.merge
            WHERE merge.id = $1 AND link.identity = merge.merged AND link.survivor = merge.survivor
                AND NOT EXISTS (
                    SELECT FROM activity.links later
                    WHERE later.identity = link.identity AND later.number > link.number))
        """;

    private const string ExpectSql = """
        SELECT storage.expect(
            NOT EXISTS (SELECT FROM activity.linked WHERE identity IN ($1, $2))
            AND array(
                SELECT $1::bigint UNION ALL SELECT identity FROM activity.linked WHERE survivor = $1 ORDER BY 1) = $3
            AND NOT EXISTS (SELECT FROM ledger.accounts WHERE kind IN (6, 7, 8) AND owner = $1)
            AND NOT EXISTS (
                SELECT FROM weeks.runs CROSS JOIN activity.participants one
                JOIN activity.events event ON event.week = runs.week AND event.shard = one.shard
                    AND event.participant = one.number
                WHERE runs.settled_at IS NULL AND one.number = ANY ($3)),
            'what was known of who is merged')
        """;

    private const string InsertSql = """
        INSERT INTO activity.merges (id, merged, survivor, identities, at, by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)
        """;

    private const string LinkSql = $"""
        INSERT INTO activity.links (number, identity, survivor, after_week, at, by, reason, merge)
        SELECT (SELECT coalesce(max(number), 0) FROM activity.links) + place, identity, $3, {SealedThrough}, $4, $5, $6, $1
        FROM unnest($2::bigint[]) WITH ORDINALITY AS one (identity, place)
        """;

    private const string UndoSql = """
        UPDATE activity.merges SET undone_at = $2, undone_by = $3, undone_reason = $4
        WHERE id = $1 AND undone_at IS NULL
        """;

    // Those of whom nobody has said anything since; who is merged is its own by being its own.
    private const string UnlinkSql = $"""
        WITH still AS (
            SELECT link.identity, merge.merged FROM activity.links link JOIN activity.merges merge ON merge.id = link.merge
            WHERE merge.id = $1 AND link.survivor = merge.survivor AND NOT EXISTS (
                SELECT FROM activity.links later WHERE later.identity = link.identity AND later.number > link.number)),
        added AS (
            INSERT INTO activity.links (number, identity, survivor, after_week, at, by, reason, merge)
            SELECT (SELECT coalesce(max(number), 0) FROM activity.links) + row_number() OVER (ORDER BY identity), identity,
                merged, {SealedThrough}, $2, $3, $4, $1
            FROM still WHERE EXISTS (SELECT FROM still WHERE identity = merged)
            RETURNING 1)
        SELECT storage.expect(EXISTS (SELECT FROM added), 'what a merge has made')
        """;

    /// <summary>The newest first, at most 200.</summary>
    /// <param name="id">Null: all.</param>
    public async Task<ImmutableArray<MergeView>> List(Guid? id, CancellationToken cancellation)
    {
        var merges = ImmutableArray.CreateBuilder<MergeView>();
        await using var command = database.CreateCommand(ListSql).WithNullable(id, NpgsqlDbType.Uuid);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            merges.Add(new(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.Instant(4), row.GetString(5),
                row.GetString(6), row.InstantOrNull(7), row.TextOrNull(8), row.TextOrNull(9)));
        }

        return merges.ToImmutable();
    }

    /// <summary>Whoever an id belongs to, with all ids; null where nobody has this id.</summary>
    public async Task<PersonStands?> ReadStands(string id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StandsSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                row.GetInt64(0), row.GetString(1), [.. row.GetFieldValue<long[]>(2)], [.. row.GetFieldValue<string[]>(3)],
                row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6))
            : null;
    }

    /// <summary>Whether who was merged is still the survivor's by this merge.</summary>
    public async Task<bool> Stands(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LooseSql).With(id);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>The commands that merge, of one transaction; a conflict where something has changed since.</summary>
    public static NpgsqlBatchCommand[] Merge(
        Guid id, PersonStands merged, PersonStands into, DateTimeOffset at, string by, string reason) =>
    [
        .. IdentityTable.Locks(),
        new NpgsqlBatchCommand(ExpectSql).With(merged.Number).With(into.Number).With(merged.Identities.ToArray()),
        new NpgsqlBatchCommand(InsertSql)
            .With(id).With(merged.Number).With(into.Number).With(merged.Identities.Length).With(at.UtcDateTime).With(by)
            .With(reason),
        new NpgsqlBatchCommand(LinkSql)
            .With(id).With(merged.Identities.ToArray()).With(into.Number).With(at.UtcDateTime).With(by).With(reason),
    ];

    /// <summary>The commands that give back, of one transaction; a conflict where that was done meanwhile.</summary>
    public static NpgsqlBatchCommand[] Undo(Guid id, DateTimeOffset at, string by, string reason) =>
    [
        .. IdentityTable.Locks(),
        new NpgsqlBatchCommand(UnlinkSql).With(id).With(at.UtcDateTime).With(by).With(reason),
        new NpgsqlBatchCommand(UndoSql).With(id).With(at.UtcDateTime).With(by).With(reason),
    ];
}

/// <summary>A participant with all ids that belong to it.</summary>
/// <param name="Identities">Numbers, in their order; its own is among them.</param>
/// <param name="Names">As they are called.</param>
/// <param name="HasAccount">It was paid once, or has a wallet, something to sell or an operator behind it.</param>
/// <param name="HasSignedIn">Under one of its ids, as far as that is remembered.</param>
/// <param name="IsWaiting">A week in which it did something is sealed and not paid.</param>
internal sealed record PersonStands(
    long Number, string Name, ImmutableArray<long> Identities, ImmutableArray<string> Names, bool HasAccount,
    bool HasSignedIn, bool IsWaiting);
