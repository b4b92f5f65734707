using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;
using Stk.Storage.Sql;

namespace Stk.Grains.Notices;

/// <summary>Table <c>notices.notices</c>. All SQL that touches it is here, but for <see cref="NoticeEffect"/>'s check.</summary>
internal sealed class NoticeTable(NpgsqlDataSource database)
{
    private const string InsertSql = """
        INSERT INTO notices.notices (id, participant, kind, at, "values", transaction_id)
        SELECT id, participant, kind, $2, told::json, transaction_id
        FROM unnest($1::uuid[], $3::bigint[], $4::text[], $5::text[], $6::uuid[])
            AS new (id, participant, kind, told, transaction_id)
        """;

    private const string ReadSql = """
        SELECT id, kind, at, "values"::text, read_at IS NOT NULL FROM notices.notices
        WHERE participant = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4
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

    /// <summary>Newest first.</summary>
    public async Task<NoticePage> Read(
        string id, long? participant, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("notices", id);
        var before = new PlaceInTime(DateTimeOffset.MaxValue, Guid.AllBitsSet, 0);
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        if (participant is not { } number)
        {
            return new([], null);
        }

        await using var command = database.CreateCommand(ReadSql)
            .With(number).With(before.At.UtcDateTime).With(before.Id).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var notices = new List<NoticeView>();
        while (await row.ReadAsync(cancellation))
        {
            notices.Add(new(
                row.GetGuid(0), row.GetString(1), row.Instant(2), row.GetString(3), row.GetBoolean(4)));
        }

        var shown = notices.Take(request.Limit).ToImmutableArray();
        return new(
            shown, notices.Count > request.Limit ? cursors.WritePlace(new(shown[^1].At, shown[^1].Id, 0)) : null);
    }
}
