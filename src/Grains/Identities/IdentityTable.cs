using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Participants;
using Stk.Storage.Sql;

namespace Stk.Grains.Identities;

/// <summary>Table <c>activity.links</c>. All SQL that writes it is in this file.</summary>
internal sealed class IdentityTable(NpgsqlDataSource database)
{
    private const string OfSql = """
        WITH owner AS (
            SELECT coalesce((SELECT survivor FROM activity.linked WHERE identity = number), number) AS number
            FROM activity.participants WHERE id = $1)
        SELECT participant.id, own.id, link.at, link.reason, link.by FROM owner
        CROSS JOIN LATERAL (
            SELECT owner.number AS identity UNION ALL
            SELECT identity FROM activity.linked WHERE survivor = owner.number) AS member
        JOIN activity.participants participant ON participant.number = member.identity
        JOIN activity.participants own ON own.number = owner.number
        LEFT JOIN LATERAL (
            SELECT at, reason, by FROM activity.links WHERE identity = member.identity
            ORDER BY number DESC LIMIT 1) AS link ON true
        ORDER BY member.identity <> owner.number, participant.id
        """;

    private const string FindSql = """
        SELECT participant.id, coalesce(own.id, participant.id), link.at, link.reason, link.by
        FROM activity.participants participant
        LEFT JOIN LATERAL (
            SELECT survivor, at, reason, by FROM activity.links WHERE identity = participant.number
            ORDER BY number DESC LIMIT 1) AS link ON true
        LEFT JOIN activity.participants own ON own.number = link.survivor
        WHERE participant.id = $1
        """;

    private const string StandsSql = """
        SELECT identity.number, linked.survivor IS NOT NULL,
            EXISTS (SELECT FROM activity.linked WHERE survivor = identity.number),
            EXISTS (SELECT FROM ledger.accounts WHERE kind IN (6, 7, 8) AND owner = identity.number)
                OR EXISTS (SELECT FROM settlement.wallets WHERE participant = identity.number)
                OR EXISTS (SELECT FROM spending.services WHERE provider = identity.number)
                OR EXISTS (SELECT FROM operators.register WHERE participant = $1 OR subject = $1),
            EXISTS (
                SELECT FROM weeks.runs JOIN activity.events event ON event.week = runs.week
                    AND event.shard = identity.shard AND event.participant = identity.number
                WHERE runs.settled_at IS NULL),
            linked.survivor
        FROM activity.participants identity LEFT JOIN activity.linked ON linked.identity = identity.number
        WHERE identity.id = $1
        """;

    private const string RegisterSql = """
        INSERT INTO activity.participants (id, shard, registered_at) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING
        """;

    // Like intake: a seal waits for it, or comes first.
    private const string LockSql = "SELECT week FROM activity.weeks WHERE sealed_at IS NULL ORDER BY week FOR SHARE";

    // Nobody is paid between the look and the commit. A statement of its own: else the look is older than the lock.
    private const string LockHeadSql = "SELECT sequence FROM ledger.head FOR UPDATE";

    // Of what was looked at nothing has changed.
    private const string InsertSql = $"""
        WITH identity AS (SELECT number, shard FROM activity.participants WHERE id = $1),
        survivor AS (
            SELECT CASE WHEN $2 = '' THEN (SELECT number FROM identity) ELSE (
                SELECT coalesce((SELECT survivor FROM activity.linked WHERE linked.identity = number), number)
                FROM activity.participants WHERE id = $2) END AS number),
        added AS (
            INSERT INTO activity.links (number, identity, survivor, after_week, at, by, reason)
            SELECT (SELECT {NumberedRows.Next} FROM activity.links), identity.number, survivor.number,
                coalesce((SELECT max(week) FROM activity.weeks WHERE sealed_at IS NOT NULL), 0), $3, $4, $5
            FROM identity, survivor
            WHERE survivor.number IS DISTINCT FROM coalesce(
                    (SELECT linked.survivor FROM activity.linked WHERE linked.identity = identity.number), identity.number)
                AND ($2 = '' OR (
                    survivor.number <> identity.number
                    AND NOT EXISTS (SELECT FROM activity.linked WHERE linked.survivor = identity.number)
                    AND NOT EXISTS (SELECT FROM ledger.accounts WHERE kind IN (6, 7, 8) AND owner = identity.number)
                    AND NOT EXISTS (
                        SELECT FROM weeks.runs JOIN activity.events event ON event.week = runs.week
                            AND event.shard = identity.shard AND event.participant = identity.number
                        WHERE runs.settled_at IS NULL)))
            RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM added) = 1, 'what was known of an identity')
        """;

    /// <summary>Names of all that belong to a participant, its own first; empty where nobody has this id.</summary>
    public Task<ImmutableArray<LinkedName>> ReadOf(string participant, CancellationToken cancellation) =>
        Read(database.CreateCommand(OfSql).With(participant), cancellation);

    /// <summary>Null where nobody is called so.</summary>
    public async Task<LinkedName?> Find(string name, CancellationToken cancellation) =>
        (await Read(database.CreateCommand(FindSql).With(name), cancellation)) is [var found] ? found : null;

    /// <summary>How an identity stands; null where nobody is called so.</summary>
    public async Task<IdentityStands?> ReadStands(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StandsSql).With(name);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                row.GetInt64(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4),
                row.LongOrNull(5))
            : null;
    }

    /// <summary>The commands that link, of one transaction; a conflict where something has changed since.</summary>
    /// <param name="survivor">Null: its own again.</param>
    public static NpgsqlBatchCommand[] Link(string name, string? survivor, DateTimeOffset at, string by, string reason) =>
    [
        new NpgsqlBatchCommand(RegisterSql).With(name).With((short)ParticipantId.Shard(name)).With(at.UtcDateTime),
        .. Locks(),
        new NpgsqlBatchCommand(InsertSql).With(name).With(survivor ?? "").With(at.UtcDateTime).With(by).With(reason),
    ];

    /// <summary>The commands before any that links, of one transaction.</summary>
    public static NpgsqlBatchCommand[] Locks() =>
        [NumberedRows.Lock(NumberedTable.Links), new NpgsqlBatchCommand(LockSql), new NpgsqlBatchCommand(LockHeadSql)];

    private static async Task<ImmutableArray<LinkedName>> Read(NpgsqlCommand of, CancellationToken cancellation)
    {
        var names = ImmutableArray.CreateBuilder<LinkedName>();
        await using var command = of;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            names.Add(new(
                row.GetString(0), row.GetString(1), row.InstantOrNull(2), row.TextOrNull(3), row.TextOrNull(4)));
        }

        return names.ToImmutable();
    }
}

/// <param name="Name">As a participant is called.</param>
/// <param name="Participant">Whose it is.</param>
/// <param name="At">When it was said last; null where nobody has.</param>
internal sealed record LinkedName(string Name, string Participant, DateTimeOffset? At, string? Reason, string? By);

/// <param name="HasAccount">It was paid once, or has a wallet, something to sell or an operator behind it.</param>
/// <param name="IsWaiting">A week in which it did something is sealed and not paid.</param>
/// <param name="Survivor">Where it is linked.</param>
internal sealed record IdentityStands(
    long Number, bool IsLinked, bool HasMembers, bool HasAccount, bool IsWaiting, long? Survivor);
