using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Settling;
using Stk.Grains.Paging;
using Stk.Rules.Payouts;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Storage.Sql;

namespace Stk.Grains.Settling;

/// <summary>Schema <c>settlement</c>, as operators read it. Nothing is written here.</summary>
internal sealed class SettlingTable(NpgsqlDataSource database)
{
    private const int RefusalsShown = 20;

    private const string HeldSql = """
        SELECT held_by, (SELECT count(*) FROM settlement.payouts WHERE state = 1 AND refused_by IS NOT NULL)
        FROM settlement.state
        """;

    private const string PayoutsSql = """
        SELECT state, count(*), sum(amount_micro)::bigint FROM settlement.payouts GROUP BY state ORDER BY state
        """;

    private const string BatchesSql = """
        SELECT state, count(*), coalesce(sum(planned.micro), 0)::bigint
        FROM settlement.acts act CROSS JOIN LATERAL (
            SELECT sum((one ->> 'amountMicro')::bigint) AS micro
            FROM json_array_elements(act.plan -> 'payouts') AS one) planned
        WHERE NOT act.is_closed GROUP BY state ORDER BY state
        """;

    private const string RefusalColumns = "SELECT act, rule, why, payout, times, last_at FROM settlement.refusals ";

    private const string RefusalsSql = RefusalColumns + "ORDER BY last_at DESC, act LIMIT $1";

    private const string RefusalsOfSql = RefusalColumns + "WHERE act = $1 ORDER BY first_at, rule";

    private const string BatchColumns = """
        SELECT act.id, act.kind, act.state, act.is_closed, coalesce(json_array_length(act.plan -> 'payouts'), 0),
            (SELECT coalesce(sum((one ->> 'amountMicro')::bigint), 0)::bigint
                FROM json_array_elements(act.plan -> 'payouts') AS one),
            (SELECT count(*)::integer FROM settlement.attempts WHERE attempts.act = act.id), act.at, act.changed_at,
            coalesce(act.landed_signature, (
                SELECT signature FROM settlement.attempts WHERE attempts.act = act.id ORDER BY number DESC LIMIT 1)),
            act.landed_slot
        FROM settlement.acts act
        """;

    private const string ListSql = BatchColumns + """
         WHERE (act.at, act.id) < ($1, $2) AND ($3::smallint IS NULL OR act.state = $3)
        ORDER BY act.at DESC, act.id DESC LIMIT $4
        """;

    private const string FindSql = BatchColumns + " WHERE act.id = $1";

    private const string PayoutsOfSql = """
        SELECT (one ->> 'id')::uuid, one ->> 'wallet', (one ->> 'amountMicro')::bigint, payout.state,
            (one ->> 'needsAccount')::boolean
        FROM settlement.acts act
        CROSS JOIN LATERAL json_array_elements(act.plan -> 'payouts') WITH ORDINALITY AS planned (one, place)
        JOIN settlement.payouts payout ON payout.id = (one ->> 'id')::uuid
        WHERE act.id = $1 ORDER BY place
        """;

    private const string AttemptsOfSql = """
        SELECT number, signature, bytes, value, last_valid_height, signed_slot, node, signed_at, sent_at, send_answer,
            outcome, evidence::text
        FROM settlement.attempts WHERE act = $1 ORDER BY number
        """;

    private const string DecisionsOfSql = """
        SELECT approval, signature, asked_by, approved_by, reason, at, reply, why FROM settlement.decisions
        WHERE act = $1 ORDER BY at, approval
        """;

    /// <summary>What the rows say; the rest is for others to fill in.</summary>
    public async Task<SettlementStatus> ReadStatus(CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(HeldSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PayoutsSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(BatchesSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(RefusalsSql).With(RefusalsShown));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        PayoutHold? hold = await row.IsDBNullAsync(0, cancellation) ? null : (PayoutHold)row.GetInt16(0);
        var setAside = row.GetInt64(1);
        var payouts = await Counts(row, state => SettlingNames.Of((PayoutState)state), cancellation);
        var batches = await Counts(row, state => SettlingNames.Of((ActState)state), cancellation);
        await row.NextResultAsync(cancellation);
        return new(
            IsOn: false, Pause: null, hold, payouts, batches, setAside, FloatHeld: null, Lamports: null,
            new(null, null, null, null), Nodes: [], await Refusals(row, cancellation));
    }

    /// <summary>Newest first.</summary>
    public async Task<BatchPage> List(PageRequest request, string? state, CancellationToken cancellation)
    {
        var cursors = new Cursors("batches", state ?? "");
        var before = new PlaceInTime(DateTimeOffset.MaxValue, Guid.AllBitsSet, 0);
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        await using var command = database.CreateCommand(ListSql)
            .With(before.At.UtcDateTime).With(before.Id)
            .WithNullable((short?)SettlingNames.StateOf(state), NpgsqlDbType.Smallint).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var batches = new List<BatchView>();
        while (await row.ReadAsync(cancellation))
        {
            batches.Add(View(row));
        }

        var shown = batches.Take(request.Limit).ToImmutableArray();
        return new(
            shown,
            batches.Count > request.Limit ? cursors.WritePlace(new(shown[^1].At, shown[^1].Id, 0)) : null);
    }

    /// <summary>Null where there is none of this id.</summary>
    public async Task<BatchDetails?> Find(Guid id, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        foreach (var sql in (string[])[FindSql, PayoutsOfSql, AttemptsOfSql, RefusalsOfSql, DecisionsOfSql])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql).With(id));
        }

        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
        {
            return null;
        }

        var view = View(row);
        var payouts = await Rows(row, one => new BatchPayout(
            one.GetGuid(0), one.GetString(1), new(one.GetInt64(2)), SettlingNames.Of((PayoutState)one.GetInt16(3)),
            one.GetBoolean(4)), cancellation);
        var attempts = await Rows(row, Attempt, cancellation);
        await row.NextResultAsync(cancellation);
        var refusals = await Refusals(row, cancellation);
        var decisions = await Rows(row, Decision, cancellation);
        return new(view, payouts, attempts, refusals, decisions);
    }

    private static BatchView View(NpgsqlDataReader row) => new(
        row.GetGuid(0), SettlingNames.Of((ActKind)row.GetInt16(1)), SettlingNames.Of((ActState)row.GetInt16(2)),
        row.GetBoolean(3), row.GetInt32(4), new(row.GetInt64(5)), row.GetInt32(6), row.Instant(7), row.Instant(8),
        row.TextOrNull(9), row.LongOrNull(10));

    private static BatchAttempt Attempt(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetString(3), row.LongOrNull(4),
        row.GetInt64(5), row.GetString(6), row.Instant(7), row.InstantOrNull(8), row.TextOrNull(9),
        row.IsDBNull(10) ? null : SettlingNames.Of((AttemptOutcome)row.GetInt16(10)), row.TextOrNull(11));

    private static BatchDecision Decision(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.IsDBNull(1) ? "expired" : "landed", row.TextOrNull(1), row.GetString(2), row.GetString(3),
        row.GetString(4), row.Instant(5), row.IsDBNull(6) ? null : SettlingNames.OfReply(row.GetInt16(6)),
        row.TextOrNull(7));

    private static async Task<ImmutableArray<StateCount>> Counts(
        NpgsqlDataReader row, Func<short, string> name, CancellationToken cancellation) => await Rows(
            row, one => new StateCount(name(one.GetInt16(0)), one.GetInt64(1), new(one.GetInt64(2))), cancellation);

    private static async Task<ImmutableArray<T>> Rows<T>(
        NpgsqlDataReader row, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await row.NextResultAsync(cancellation);
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(read(row));
        }

        return rows.ToImmutable();
    }

    private static async Task<ImmutableArray<SignerRefusal>> Refusals(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var refusals = ImmutableArray.CreateBuilder<SignerRefusal>();
        while (await row.ReadAsync(cancellation))
        {
            refusals.Add(new(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.IdOrNull(3), row.GetInt32(4), row.Instant(5)));
        }

        return refusals.ToImmutable();
    }
}
