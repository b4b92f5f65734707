using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.Paging;
using Stk.Grains.Registry;
using Stk.Rules.Approvals;
using Stk.Storage.Sql;

namespace Stk.Grains.Approvals;

/// <summary>
/// Tables <c>approvals.requests</c> and <c>approvals.decisions</c>. A decision of what moves value is written by
/// <see cref="DecisionEffect"/>; all other SQL that touches them is in this file.
/// </summary>
internal sealed class ApprovalTable(NpgsqlDataSource database)
{
    /// <summary>The decision of an approval: once, and by an entry of the register that has not ended.</summary>
    public const string DecideSql = """
        INSERT INTO approvals.decisions (request, is_approved, at, by, person, reason, decided_in, transaction_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string Columns = """
        SELECT request.id, request.kind, request.act, request.reason, request.asked_at, request.asked_by, request.expires_at,
            decision.is_approved, decision.at, decision.by, decision.reason, request.person, request.gains_participants,
            request.gains_persons
        FROM approvals.requests request LEFT JOIN approvals.decisions decision ON decision.request = request.id
        """;

    private const string FindSql = Columns + " WHERE request.id = $1";

    // As ApprovalState: 1 waiting, 2 approved, 3 rejected, 4 expired.
    private const string PageSql = Columns + """
         WHERE (request.asked_at, request.id) < ($1, $2)
            AND ($3::smallint IS NULL OR $3 = CASE
                WHEN decision.is_approved THEN 2 WHEN NOT decision.is_approved THEN 3
                WHEN request.expires_at <= $4 THEN 4 ELSE 1 END)
        ORDER BY request.asked_at DESC, request.id DESC LIMIT $5
        """;

    // What somebody else has asked for in the same words, and that waits.
    private const string SameSql = """
        SELECT request.id FROM approvals.requests request
        WHERE request.kind = $1 AND request.subject = $2 AND request.act::text = $3 AND request.person <> $4
            AND request.expires_at > $5
            AND NOT EXISTS (SELECT FROM approvals.decisions WHERE decisions.request = request.id)
        ORDER BY request.asked_at, request.id LIMIT 1
        """;

    private const string DecidedInSql = "SELECT request FROM approvals.decisions WHERE decided_in = $1";

    private const string InsertSql = """
        INSERT INTO approvals.requests (
            id, kind, act, reason, subject, asked_at, asked_by, person, gains_participants, gains_persons, expires_at)
        VALUES ($1, $2, $3::json, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>The command that makes an act wait.</summary>
    public static NpgsqlBatchCommand Insert(AskedAct asked, ApprovalView view) => new NpgsqlBatchCommand(InsertSql)
        .With(view.Id).With(view.Kind).With(view.Act).With(view.Reason).With(asked.Subject)
        .With(view.AskedAt.UtcDateTime).With(view.AskedBy).With(asked.By.Name)
        .With(asked.GainingParticipants.ToArray()).With(asked.GainingPersons.ToArray()).With(view.ExpiresAt.UtcDateTime);

    /// <summary>The command that stores a decision that moves nothing. It fails where one was taken meanwhile.</summary>
    public static NpgsqlBatchCommand Decide(
        Guid approval, bool isApproved, DateTimeOffset at, ActingPerson by, string reason, RequestKey key) =>
        new NpgsqlBatchCommand(DecideSql)
            .With(approval).With(isApproved).With(at.UtcDateTime).With(by.Subject).With(by.Name).With(reason)
            .With(key.Id).WithNullable(null, NpgsqlDbType.Uuid);

    /// <summary>Null where there is none.</summary>
    /// <param name="now">By the economy's clock: what has waited too long is expired.</param>
    public async Task<StoredApproval?> Find(Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Row(row, now) : null;
    }

    /// <summary>What another person has asked for, exactly so, and that waits; null where nothing does.</summary>
    /// <param name="person">Who asks now.</param>
    public async Task<Guid?> FindSame(
        string kind, string subject, string act, string person, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(SameSql)
            .With(kind).With(subject).With(act).With(person).With(now.UtcDateTime);
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    /// <summary>What a request has decided; null where it has decided nothing.</summary>
    public async Task<Guid?> FindDecidedIn(Guid request, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(DecidedInSql).With(request);
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    /// <summary>Newest first, and the cursor of the page after; null where the request's own cursor is none.</summary>
    public async Task<(ImmutableArray<StoredApproval> Approvals, string? Next)?> Read(
        PageRequest request, ApprovalState? state, DateTimeOffset now, CancellationToken cancellation)
    {
        var cursors = new Cursors("approvals", "");
        var before = new PlaceInTime(DateTimeOffset.MaxValue, Guid.AllBitsSet, 0);
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return null;
        }

        await using var command = database.CreateCommand(PageSql)
            .With(before.At.UtcDateTime).With(before.Id).WithNullable((short?)state, NpgsqlDbType.Smallint)
            .With(now.UtcDateTime).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var approvals = new List<StoredApproval>();
        while (await row.ReadAsync(cancellation))
        {
            approvals.Add(Row(row, now));
        }

        var shown = approvals.Take(request.Limit).ToImmutableArray();
        return (
            shown,
            approvals.Count > request.Limit
                ? cursors.WritePlace(new(shown[^1].View.AskedAt, shown[^1].View.Id, 0))
                : null);
    }

    private static StoredApproval Row(NpgsqlDataReader row, DateTimeOffset now)
    {
        var expires = row.Instant(6);
        var state = !row.IsDBNull(7) ? row.GetBoolean(7) ? ApprovalState.Approved : ApprovalState.Rejected
            : expires <= now ? ApprovalState.Expired
            : ApprovalState.Waiting;
        return new(
            new(
                row.GetGuid(0), row.GetString(1), state, row.GetString(5), row.Instant(4), row.GetString(3),
                row.GetString(2), expires, row.InstantOrNull(8), row.TextOrNull(9), row.TextOrNull(10)),
            row.GetString(11), [.. row.GetFieldValue<string[]>(12)], [.. row.GetFieldValue<string[]>(13)]);
    }
}

/// <param name="Person">Who asked.</param>
internal sealed record StoredApproval(
    ApprovalView View, string Person, ImmutableArray<string> GainingParticipants, ImmutableArray<string> GainingPersons)
{
    /// <summary>Asker, approver and whoever gains are three.</summary>
    public bool MayBeDecidedBy(ActingPerson by) =>
        by.Name != Person && !GainingPersons.Contains(by.Name) && !GainingParticipants.Any(by.Owns);
}
