using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>Tables <c>inactivity.appeals</c> and <c>inactivity.decisions</c>; an assessment reads the first too.</summary>
internal sealed class AppealTable(NpgsqlDataSource database)
{
    /// <summary>Refusals that are asked for at once.</summary>
    private const int AttemptsRead = 16;

    // What is at stake: what was taken, else what the run has come to, else what was said last.
    private const string Columns = """
        SELECT appeal.id, coalesce(participant.id, 'erased-' || appeal.participant), appeal.quarter, appeal.body,
            coalesce(
                (SELECT amount_micro FROM inactivity.debits debit
                    WHERE debit.quarter = appeal.quarter AND debit.participant = appeal.participant),
                (SELECT div(base_micro::numeric * rate_bp, 10000)::bigint FROM inactivity.lines line
                    WHERE line.quarter = appeal.quarter AND line.participant = appeal.participant
                    ORDER BY attempt DESC LIMIT 1),
                (SELECT amount_micro FROM inactivity.warnings warning
                    WHERE warning.quarter = appeal.quarter AND warning.participant = appeal.participant
                    ORDER BY days LIMIT 1), 0),
            appeal.at, appeal.state, decision.at, decision.by, decision.reason, decision.transaction_id, appeal.participant
        FROM inactivity.appeals appeal
        LEFT JOIN activity.participants participant ON participant.number = appeal.participant
        LEFT JOIN inactivity.decisions decision ON decision.appeal = appeal.id
        """;

    private const string FindSql = Columns + " WHERE appeal.id = $1";

    private const string PageSql = Columns + """
         WHERE (appeal.at, appeal.id) < ($1, $2) AND ($3 = 0 OR appeal.state = $3)
        ORDER BY appeal.at DESC, appeal.id DESC LIMIT $4
        """;

    // The journal waits: a debit that is under way has ended, and no later one looks before this is there.
    private const string HoldJournalSql = "SELECT sequence FROM ledger.head FOR UPDATE";

    private const string InsertSql = """
        INSERT INTO inactivity.appeals (id, quarter, participant, after_sequence, at, body)
        SELECT $1, $2, $3, sequence, $4, $5 FROM ledger.head
        """;

    private const string DecideSql = """
        WITH decided AS (UPDATE inactivity.appeals SET state = $2 WHERE id = $1 AND state = 1 RETURNING 1),
        written AS (
            INSERT INTO inactivity.decisions (
                appeal, is_accepted, at, by, reason, decided_in, transaction_id, spared_micro, person, told)
            SELECT $1, $2 = 2, $3, $4, $5, $6, $7, $8, CASE WHEN $8 IS NOT NULL THEN $9 END, true FROM decided)
        SELECT storage.expect((SELECT count(*) FROM decided) = 1, 'open')
        """;

    private const string AddAttemptSql = """
        WITH added AS (
            INSERT INTO inactivity.lines (
                quarter, participant, attempt, shard, cause, last_active, inactive_days, rate_bp, base_micro, base_sequence,
                amount_micro, outcome, exclusion, leaves_to, suspensions_to)
            SELECT quarter, participant, $7, shard, 2, last_active, inactive_days, rate_bp, $4, $5, $6, 1,
                exclusion, leaves_to, suspensions_to
            FROM inactivity.lines line WHERE quarter = $1 AND participant = $2 AND attempt = $3
                AND NOT EXISTS (
                    SELECT FROM inactivity.lines later
                    WHERE later.quarter = $1 AND later.participant = $2 AND later.attempt > $3)
            RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM added) = 1, 'this attempt')
        """;

    private const string RefusedSql = "SELECT id FROM ledger.refusals WHERE id = ANY($1)";

    // Where it was decided that there is nothing to move, there is nothing by then: neither a debit nor a run that has come.
    private const string ExpectAttemptSql = """
        SELECT storage.expect(
            (SELECT max(attempt) FROM inactivity.lines WHERE quarter = $1 AND participant = $2) IS NOT DISTINCT FROM $3
            AND EXISTS (SELECT FROM inactivity.debits WHERE quarter = $1 AND participant = $2) = $4,
            'what was there')
        """;

    /// <summary>The commands that store an appeal, of one transaction; a conflict where there is one this quarter.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Insert(
        Guid id, QuarterId quarter, long participant, DateTimeOffset at, string text) =>
    [
        new(HoldJournalSql),
        new NpgsqlBatchCommand(InsertSql)
            .With(id).With(quarter.Number).With(participant).With(at.UtcDateTime).With(text),
    ];

    /// <summary>The command that decides one, once.</summary>
    /// <param name="transaction">Of what it moves; null: nothing.</param>
    public static NpgsqlBatchCommand Decide(AppealDecision decision, Guid? transaction) =>
        new NpgsqlBatchCommand(DecideSql)
            .With(decision.Appeal).With((short)(decision.IsAccepted ? AppealState.Accepted : AppealState.Rejected))
            .With(decision.At.UtcDateTime).With(decision.By.Subject).With(decision.Reason).With(decision.Request)
            .WithNullable(transaction, NpgsqlDbType.Uuid)
            .WithNullable(decision.Spared?.Micro, NpgsqlDbType.Bigint).With(decision.By.Name);

    /// <summary>The command that fails where the run has come to the participant otherwise than was read.</summary>
    public static NpgsqlBatchCommand Expect(FoundAppeal found) => new NpgsqlBatchCommand(ExpectAttemptSql)
        .With(found.Quarter.Number).With(found.Participant)
        .WithNullable(found.Line?.Attempt, NpgsqlDbType.Integer).With(found.Debit is not null);

    /// <summary>The command that stores what a rejection takes.</summary>
    public static NpgsqlBatchCommand AddAttempt(NewAttempt line) => new NpgsqlBatchCommand(AddAttemptSql)
        .With(line.Of.Quarter.Number).With(line.Of.Participant).With(line.Of.Attempt).With(line.BaseMicro)
        .With(line.BaseSequence).With(line.AmountMicro).With(line.Attempt);

    /// <summary>The first attempt after one that the ledger has not refused: a refused id is refused for long.</summary>
    public async Task<int> NextAttempt(StoredLine line, CancellationToken cancellation)
    {
        for (var attempt = line.Attempt + 1; ; attempt += AttemptsRead)
        {
            var ids = Enumerable.Range(attempt, AttemptsRead)
                .Select(number => InactivityIds.Debit(line.Quarter, line.Participant, number)).ToArray();
            var refused = new HashSet<Guid>();
            await using var command = database.CreateCommand(RefusedSql).With(ids);
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                refused.Add(row.GetGuid(0));
            }

            if (Array.FindIndex(ids, id => !refused.Contains(id)) is var first and >= 0)
            {
                return attempt + first;
            }
        }
    }

    /// <summary>Null where there is none.</summary>
    public async Task<StoredAppeal?> Find(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Row(row) : null;
    }

    /// <summary>Newest first.</summary>
    public async Task<AppealPage> Read(PageRequest request, AppealState? state, CancellationToken cancellation)
    {
        var cursors = new Cursors("appeals", "");
        var before = new PlaceInTime(DateTimeOffset.MaxValue, Guid.AllBitsSet, 0);
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        await using var command = database.CreateCommand(PageSql)
            .With(before.At.UtcDateTime).With(before.Id).With((short)(state ?? 0)).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var appeals = new List<AppealView>();
        while (await row.ReadAsync(cancellation))
        {
            appeals.Add(Row(row).View);
        }

        var shown = appeals.Take(request.Limit).ToImmutableArray();
        return new(
            shown, appeals.Count > request.Limit ? cursors.WritePlace(new(shown[^1].At, shown[^1].Id, 0)) : null);
    }

    private static StoredAppeal Row(NpgsqlDataReader row)
    {
        var quarter = QuarterId.OfNumber(row.GetInt32(2));
        return new(
            row.GetInt64(11), quarter,
            new(
                row.GetGuid(0), row.GetString(1), quarter.ToString(), row.GetString(3), new Amount(row.GetInt64(4)),
                row.Instant(5), (AppealState)row.GetInt16(6), row.InstantOrNull(7), row.TextOrNull(8), row.TextOrNull(9),
                row.IdOrNull(10)));
    }
}

internal sealed record StoredAppeal(long Participant, QuarterId Quarter, AppealView View);
