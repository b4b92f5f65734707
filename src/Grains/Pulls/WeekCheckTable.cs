using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Pulls;
using Stk.Rules.Pulls;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Pulls;

/// <summary>Table <c>sources.week_checks</c>, and what of a week is stored.</summary>
internal sealed class WeekCheckTable(NpgsqlDataSource database)
{
    private const string IsHeld = """
        EXISTS (SELECT FROM sources.pulls WHERE source_id = $1 AND epoch = $2 AND lease_until > now())
        """;

    private const string ListSql = """
        SELECT one.id, week, one.reason, asked_by, asked_at, checked_to, missing, taken_back, added
        FROM sources.week_checks one JOIN activity.sources source ON source.id = one.source_id
        WHERE source.name = $1 AND ($2::uuid IS NULL OR one.id = $2) ORDER BY asked_at DESC, one.id DESC LIMIT 200
        """;

    private const string IsSealedSql = """
        SELECT EXISTS (SELECT FROM activity.weeks WHERE week = $1 AND sealed_at IS NOT NULL)
        """;

    private const string WaitingSql = """
        SELECT id, week FROM sources.week_checks WHERE source_id = $1 AND ended IS NULL ORDER BY asked_at, id
        """;

    private const string WholeSql = """
        SELECT id FROM sources.week_checks
        WHERE source_id = $1 AND week = $2 AND checked_to >= $3 AND clock >= $4 ORDER BY asked_at LIMIT 1
        """;

    private const string StoredSql = """
        SELECT uuid, false FROM activity.events WHERE source_id = $1 AND week = $2 AND at >= $3 AND at < $4
        UNION ALL
        SELECT uuid, true FROM activity.live_events
        WHERE source_id = $1 AND week = $2 AND at >= $3 AND at < $4 AND type NOT LIKE '%Retracted'
        """;

    private const string AskSql = """
        INSERT INTO sources.week_checks (id, source_id, week, reason, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string FillSql = $"""
        UPDATE sources.week_checks
        SET checked_to = $4, clock = $5, ended = now(), missing = $6, taken_back = $7, added = $8
        WHERE id = $3 AND source_id = $1 AND ended IS NULL AND {IsHeld}
        """;

    private const string AddSql = $"""
        INSERT INTO sources.week_checks (
            id, source_id, week, asked_at, checked_to, clock, ended, missing, taken_back, added)
        SELECT $3, $1, $9, $5, $4, $5, now(), $6, $7, $8 WHERE {IsHeld}
        """;

    /// <summary>The newest first, at most 200.</summary>
    /// <param name="id">Null: all.</param>
    public async Task<ImmutableArray<WeekCheckView>> List(string source, Guid? id, CancellationToken cancellation)
    {
        var checks = ImmutableArray.CreateBuilder<WeekCheckView>();
        await using var command = database.CreateCommand(ListSql).With(source).WithNullable(id, NpgsqlDbType.Uuid);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            checks.Add(new(
                row.GetGuid(0), WeekId.OfNumber(row.GetInt32(1)), row.TextOrNull(2), row.TextOrNull(3), row.Instant(4),
                row.InstantOrNull(5), row.IsDBNull(6) ? null : row.GetInt32(6), row.IsDBNull(7) ? null : row.GetInt32(7),
                row.IsDBNull(8) ? null : row.GetInt32(8)));
        }

        return checks.ToImmutable();
    }

    public async Task<bool> IsSealed(WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(IsSealedSql).With(week.Number);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>What operators have asked for and nobody has done yet.</summary>
    public async Task<IReadOnlyList<(Guid Id, WeekId Week)>> ReadWaiting(int source, CancellationToken cancellation)
    {
        var waiting = new List<(Guid, WeekId)>();
        await using var command = database.CreateCommand(WaitingSql).With(source);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            waiting.Add((row.GetGuid(0), WeekId.OfNumber(row.GetInt32(1))));
        }

        return waiting;
    }

    /// <summary>A check of the whole week that began once it had settled; null where there is none.</summary>
    public async Task<Guid?> FindWhole(int source, WeekId week, TimeSpan settle, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(WholeSql)
            .With(source).With(week.Number).With(week.End).With(week.End + settle);
        return await command.ExecuteScalarAsync(cancellation) as Guid?;
    }

    /// <summary>What is stored of a source's window within a week.</summary>
    public async Task<StoredEvents> ReadStored(
        int source, WeekId week, PullWindow window, CancellationToken cancellation)
    {
        var (all, live) = (new HashSet<Guid>(), new HashSet<Guid>());
        await using var command = database.CreateCommand(StoredSql)
            .With(source).With(week.Number).With(window.From.ToUniversalTime()).With(window.To.ToUniversalTime());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            (row.GetBoolean(1) ? live : all).Add(row.GetGuid(0));
        }

        return new(all, live);
    }

    /// <summary>The command that asks for one.</summary>
    public static NpgsqlBatchCommand Ask(
        Guid id, int source, WeekId week, string? reason, string by, DateTimeOffset at) =>
        new NpgsqlBatchCommand(AskSql)
            .With(id).With(source).With(week.Number).WithNullable(reason, NpgsqlDbType.Text).With(by).With(at.UtcDateTime);

    /// <summary>What was asked for is done.</summary>
    /// <exception cref="PullOvertakenException">Another silo asks now.</exception>
    public async Task Fill(PullLease held, Guid id, WeekCheck check, CancellationToken cancellation)
    {
        await using var command = With(database.CreateCommand(FillSql), held, id, check);
        await Expect(command, cancellation);
    }

    /// <summary>One that nobody has asked for.</summary>
    /// <exception cref="PullOvertakenException">Another silo asks now.</exception>
    public async Task<Guid> Add(PullLease held, WeekId week, WeekCheck check, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        await using var command = With(database.CreateCommand(AddSql), held, id, check).With(week.Number);
        await Expect(command, cancellation);
        return id;
    }

    private static NpgsqlCommand With(NpgsqlCommand command, PullLease held, Guid id, WeekCheck check) => command
        .With(held.SourceId).With(held.Epoch).With(id)
        .With(check.CheckedTo.ToUniversalTime()).With(check.Clock.ToUniversalTime())
        .With(check.Found.Missing).With(check.Found.TakenBack).With(check.Found.Added);

    private static async Task Expect(NpgsqlCommand command, CancellationToken cancellation)
    {
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
        {
            throw new PullOvertakenException("the lease has ended");
        }
    }
}

/// <summary>A week that was read as a whole.</summary>
/// <param name="CheckedTo">No later than its end.</param>
/// <param name="Clock">The economy's, when the read began.</param>
internal sealed record WeekCheck(DateTimeOffset CheckedTo, DateTimeOffset Clock, WeekDifference Found);
