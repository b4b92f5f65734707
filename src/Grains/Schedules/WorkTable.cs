using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Paging;
using Stk.Storage.Sql;

namespace Stk.Grains.Schedules;

/// <summary>Table <c>schedule.work</c>: what people see of due work. Never a lock, and what is done stays done.</summary>
internal sealed class WorkTable(NpgsqlDataSource database)
{
    private const string Columns = "kind, subject, due, began, ended, took_ms, attempts, state, reason, place";

    // No commit waits for the disk because of it: a row that is lost with the server is written again with its work.
    private const string NoWaitSql = "SELECT set_config('synchronous_commit', 'off', true)";

    private const string BeginSql = """
        INSERT INTO schedule.work AS work (kind, subject, due, state, began, attempts, silo)
        VALUES ($1, $2, $3, 1, $4, 1, $5)
        ON CONFLICT (kind, subject) DO UPDATE
        SET state = 1, began = excluded.began, ended = NULL, place = NULL, took_ms = NULL, reason = NULL,
            attempts = work.attempts + 1, silo = excluded.silo
        WHERE work.state NOT IN (2, 5, 7)
        """;

    private const string EndSql = """
        UPDATE schedule.work SET state = $3, ended = $4, took_ms = $5, reason = $6, place = nextval('schedule.places')
        WHERE kind = $1 AND subject = $2 AND state NOT IN (2, 5, 7)
        """;

    // Done by another hand than the schedule's.
    private const string NoteSql = """
        INSERT INTO schedule.work (kind, subject, due, state, ended, place)
        VALUES ($1, $2, $3, 2, $4, nextval('schedule.places')) ON CONFLICT (kind, subject) DO NOTHING
        """;

    private const string SkipSql = """
        INSERT INTO schedule.work (kind, subject, due, state, ended, reason, place)
        VALUES ($1, $2, $3, 5, $4, $5, nextval('schedule.places'))
        ON CONFLICT (kind, subject) DO UPDATE
        SET state = 5, ended = excluded.ended, reason = excluded.reason, place = excluded.place
        """;

    private const string AddSkipSql = """
        INSERT INTO schedule.skips (kind, subject, at, by, reason) VALUES ($1, $2, $3, $4, $5)
        """;

    private const string AnnounceSql = """
        INSERT INTO schedule.work (kind, subject, due, state) VALUES ($1, $2, $3, 6) ON CONFLICT (kind, subject) DO NOTHING
        """;

    // One that a silo has died in, or that has failed, is the one that is due.
    private const string OpenSql = $"""
        SELECT {Columns} FROM schedule.work WHERE kind = $1 AND state NOT IN (2, 5, 7) ORDER BY due LIMIT 1
        """;

    private const string PageSql = $"""
        SELECT {Columns} FROM schedule.work WHERE place < $1 ORDER BY place DESC LIMIT $2
        """;

    private const string FindSql = $"SELECT {Columns} FROM schedule.work WHERE kind = $1 AND subject = $2";

    public Task Begin(string kind, string subject, DateTimeOffset due, DateTimeOffset now, string silo) => Write(
        new NpgsqlBatchCommand(BeginSql)
            .With(kind).With(subject).With(due.UtcDateTime).With(now.UtcDateTime).With(silo));

    /// <param name="note">What it waits for, why it failed, what was found; null where there is nothing to say.</param>
    public Task End(
        string kind, string subject, WorkState state, DateTimeOffset now, TimeSpan took, string? note) => Write(
        new NpgsqlBatchCommand(EndSql)
            .With(kind).With(subject).With((short)state).With(now.UtcDateTime).With((long)took.TotalMilliseconds)
            .WithNullable(note, NpgsqlDbType.Text));

    /// <summary>That something is done which another hand than the schedule's has done.</summary>
    public Task Note(string kind, string subject, DateTimeOffset due, DateTimeOffset now) => Write(
        new NpgsqlBatchCommand(NoteSql).With(kind).With(subject).With(due.UtcDateTime).With(now.UtcDateTime));

    /// <summary>Says when an audit is due, once.</summary>
    public Task Announce(string kind, string subject, DateTimeOffset due) => Write(
        new NpgsqlBatchCommand(AnnounceSql).With(kind).With(subject).With(due.UtcDateTime));

    /// <summary>The commands that store an operator's skip; they fail where it is stored.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Skip(
        ComingView work, DateTimeOffset at, string by, string reason) =>
    [
        new NpgsqlBatchCommand(AddSkipSql)
            .With(work.Kind).With(work.Subject).With(at.UtcDateTime).With(by).With(reason),
        new NpgsqlBatchCommand(SkipSql)
            .With(work.Kind).With(work.Subject).With(work.Due.UtcDateTime).With(at.UtcDateTime).With(reason),
    ];

    /// <summary>The first of a kind that is begun or announced, and not done; null where there is none.</summary>
    public Task<WorkView?> FindOpen(string kind, CancellationToken cancellation) =>
        Find(new NpgsqlBatchCommand(OpenSql).With(kind), cancellation);

    /// <summary>Null where it was never begun, skipped or announced.</summary>
    public Task<WorkView?> Find(string kind, string subject, CancellationToken cancellation) =>
        Find(new NpgsqlBatchCommand(FindSql).With(kind).With(subject), cancellation);

    /// <summary>Those whose last try has ended, newest first; null: the cursor is none of this list.</summary>
    public async Task<(ImmutableArray<WorkView> Items, string? Next)?> Read(
        PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("schedule", "");
        var before = long.MaxValue;
        if (request.Cursor is { } cursor && !cursors.TryReadNumber(cursor, out before))
        {
            return null;
        }

        var items = new List<(WorkView View, long Place)>();
        await using var command = database.CreateCommand(PageSql).With(before).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            items.Add((Of(row), row.GetInt64(9)));
        }

        var shown = items.Take(request.Limit).ToList();
        return (
            [.. shown.Select(item => item.View)],
            items.Count > request.Limit ? cursors.WriteNumber(shown[^1].Place) : null);
    }

    private async Task<WorkView?> Find(NpgsqlBatchCommand find, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(find);
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Of(row) : null;
    }

    private async Task Write(NpgsqlBatchCommand command)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(NoWaitSql));
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync();
    }

    private static WorkView Of(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Instant(2), row.InstantOrNull(3), row.InstantOrNull(4), row.LongOrNull(5),
        row.GetInt32(6), ((WorkState)row.GetInt16(7)).WireName(), row.TextOrNull(8));
}
