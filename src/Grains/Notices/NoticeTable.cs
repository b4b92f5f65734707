using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Notices;
using Stk.Rules.Notices;
using Stk.Storage.Sql;

namespace Stk.Grains.Notices;

/// <summary>Table <c>notices.notices</c>. All SQL that touches it is here, but for <see cref="NoticeEffect"/>'s check.</summary>
internal sealed class NoticeTable(NpgsqlDataSource database)
{
    // Whom no channel reaches has no deliveries, now or later: nothing is left to plan. OFFSET 0: looked up one by one.
    private const string InsertSql = """
        INSERT INTO notices.notices (id, participant, kind, at, "values", transaction_id, is_planned)
        SELECT id, participant, kind, $2, told::json, transaction_id, NOT EXISTS (
            SELECT FROM notices.addresses address
            WHERE address.participant = new.participant AND confirmed_at IS NOT NULL AND NOT is_off OFFSET 0)
        FROM unnest($1::uuid[], $3::bigint[], $4::text[], $5::text[], $6::uuid[])
            AS new (id, participant, kind, told, transaction_id)
        """;

    private const string InsertNewSql = $"{InsertSql} ON CONFLICT (id) DO NOTHING";

    private const string FindNumberSql = "SELECT number FROM activity.participants WHERE id = $1";

    // From whom a transfer came, and with which note, stands with the transfer: where it can be erased.
    private const string ReadAllSql = $"""
        SELECT notice.id, notice.kind, notice.at, notice."values"::text, notice.read_at IS NOT NULL,
            coalesce(sender.id, 'erased-' || transfer.sender), notes.note
        FROM notices.notices notice
        LEFT JOIN spending.transfers transfer
            ON notice.kind = '{NoticeKinds.TransferReceived}' AND transfer.id = notice.transaction_id
        LEFT JOIN activity.participants sender ON sender.number = transfer.sender
        LEFT JOIN spending.notes ON notes.id = transfer.id
        WHERE notice.participant = $1 AND (notice.at, notice.id) < ($2, $3)
        """;

    private const string NewestFirst = "ORDER BY notice.at DESC, notice.id DESC LIMIT $4";

    private const string ReadSql = $"{ReadAllSql} {NewestFirst}";

    private const string ReadUnreadSql = $"{ReadAllSql} AND notice.read_at IS NULL {NewestFirst}";

    private const string ReadReadSql = $"{ReadAllSql} AND notice.read_at IS NOT NULL {NewestFirst}";

    private const string StateSql = """
        SELECT (
                SELECT count(*)::integer FROM (
                    SELECT FROM notices.notices WHERE participant = $1 AND read_at IS NULL LIMIT $2) AS unread),
            (SELECT id FROM notices.notices WHERE participant = $1 ORDER BY at DESC, id DESC LIMIT 1)
        """;

    private const string MarkSql = """
        WITH marked AS (
            UPDATE notices.notices SET read_at = $3 WHERE id = $2 AND participant = $1 AND read_at IS NULL)
        SELECT EXISTS (SELECT FROM notices.notices WHERE id = $2 AND participant = $1)
        """;

    private const string MarkThroughSql = """
        WITH last AS (SELECT at, id FROM notices.notices WHERE id = $2 AND participant = $1),
        marked AS (
            UPDATE notices.notices notice SET read_at = $3 FROM last
            WHERE notice.participant = $1 AND notice.read_at IS NULL AND (notice.at, notice.id) <= (last.at, last.id))
        SELECT EXISTS (SELECT FROM last)
        """;

    /// <summary>The command that writes notices of one instant. It fails where one of them is there.</summary>
    /// <param name="transactions">One for each: the ledger's, or null.</param>
    public static NpgsqlBatchCommand Insert(
        IReadOnlyList<Notice> notices, DateTimeOffset at, Guid?[] transactions) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(notices.Column(notice => notice.Id))
            .With(at.UtcDateTime)
            .With(notices.Column(notice => notice.Participant))
            .With(notices.Column(notice => notice.Kind))
            .With(notices.Column(notice => notice.Values))
            .With(transactions);

    /// <summary>Writes notices of one instant that no transaction tells of; those that are there stay as they are.</summary>
    public async Task InsertNew(IReadOnlyList<Notice> notices, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(InsertNewSql)
            .With(notices.Column(notice => notice.Id))
            .With(at.UtcDateTime)
            .With(notices.Column(notice => notice.Participant))
            .With(notices.Column(notice => notice.Kind))
            .With(notices.Column(notice => notice.Values))
            .With(new Guid?[notices.Count]);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A participant's number; null where nobody has this id.</summary>
    public async Task<long?> FindNumber(string participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindNumberSql).With(participant);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>A participant's notices before a place, newest first.</summary>
    /// <param name="isRead">Only those that are read, or are not; null: all.</param>
    public async Task<ImmutableArray<StoredNotice>> Read(
        long participant, bool? isRead, DateTimeOffset before, Guid beforeId, int most, CancellationToken cancellation)
    {
        var sql = isRead switch { null => ReadSql, false => ReadUnreadSql, true => ReadReadSql };
#pragma warning disable CA2100 // One of three constants.
        await using var command = database.CreateCommand(sql)
            .With(participant).With(before.UtcDateTime).With(beforeId).With(most);
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var notices = ImmutableArray.CreateBuilder<StoredNotice>();
        while (await row.ReadAsync(cancellation))
        {
            notices.Add(new(
                row.GetGuid(0), row.GetString(1), row.Instant(2), row.GetString(3), row.GetBoolean(4), row.TextOrNull(5),
                row.TextOrNull(6)));
        }

        return notices.DrainToImmutable();
    }

    public async Task<InboxState> ReadState(long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StateSql).With(participant).With(InboxState.MostCounted);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new(row.GetInt32(0), row.IdOrNull(1));
    }

    /// <summary>Marks one as read.</summary>
    /// <returns>False where the participant has none of this id.</returns>
    public Task<bool> Mark(long participant, Guid notice, DateTimeOffset at, CancellationToken cancellation) =>
        Mark(database.CreateCommand(MarkSql), participant, notice, at, cancellation);

    /// <summary>Marks one and all that came before it as read.</summary>
    /// <inheritdoc cref="Mark(long, Guid, DateTimeOffset, CancellationToken)"/>
    public Task<bool> MarkThrough(long participant, Guid notice, DateTimeOffset at, CancellationToken cancellation) =>
        Mark(database.CreateCommand(MarkThroughSql), participant, notice, at, cancellation);

    private static async Task<bool> Mark(
        NpgsqlCommand mark, long participant, Guid notice, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = mark.With(participant).With(notice).With(at.UtcDateTime);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }
}
