using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Money;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>Tables <c>weeks.runs</c> and, for the border that it sets, <c>activity.weeks</c>.</summary>
internal sealed class RunTable(NpgsqlDataSource database)
{
    private const string Columns = """
        week, rules_version, override_reason, seal_hash, participants, total_micro, reserved_micro, scored_at,
        export_hash, reported_at, paid_micro, settled_at, sealed_at
        """;

    private const string ReadSql = $"""
        SELECT {Columns} FROM weeks.runs JOIN activity.weeks USING (week) WHERE week = $1
        """;

    private const string UnfinishedSql = """
        SELECT (SELECT min(week) FROM weeks.runs WHERE settled_at IS NULL), (SELECT max(week) FROM weeks.runs)
        """;

    private const string AddWeekSql = "INSERT INTO activity.weeks (week) VALUES ($1) ON CONFLICT DO NOTHING";

    // Waits for the intake commits that hold the row: what was acknowledged before is in the seal.
    private const string SealSql = "UPDATE activity.weeks SET sealed_at = $2 WHERE week = $1 AND sealed_at IS NULL";

    private const string AddRunSql = """
        INSERT INTO weeks.runs (week, rules_version, override_reason, override_by) VALUES ($1, $2, $3, $4)
        ON CONFLICT (week) DO NOTHING
        """;

    // Each sets what is not set yet: a second try changes nothing.
    private const string AggregatedSql = """
        UPDATE weeks.runs SET seal_hash = $2, participants = $3, total_micro = $4
        WHERE week = $1 AND seal_hash IS NULL
        """;

    private const string ReserveSql = """
        UPDATE weeks.runs SET reserved_micro = $2 WHERE week = $1 AND reserved_micro IS NULL
        """;

    private const string ScoredSql = "UPDATE weeks.runs SET scored_at = $2 WHERE week = $1 AND scored_at IS NULL";

    private const string ReportedSql = """
        UPDATE weeks.runs SET reported_at = $2, export_hash = $3 WHERE week = $1 AND reported_at IS NULL
        """;

    private const string SettledSql = """
        UPDATE weeks.runs SET settled_at = $2, paid_micro = $3 WHERE week = $1 AND settled_at IS NULL
        """;

    /// <summary>Null where the week is not sealed.</summary>
    public async Task<Run?> Read(WeekId week, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql);
        command.Parameters.Add(Week(week));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                WeekId.OfNumber(row.GetInt32(0)),
                row.GetInt32(1),
                row.IsDBNull(2) ? null : row.GetString(2),
                row.IsDBNull(3) ? null : row.GetFieldValue<byte[]>(3),
                row.IsDBNull(4) ? 0 : row.GetInt32(4),
                Money(row, 5),
                Money(row, 6),
                row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
                row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8),
                row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
                Money(row, 10),
                row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11),
                row.GetFieldValue<DateTimeOffset>(12))
            : null;
    }

    /// <summary>The run of a week that is sealed.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public async Task<Run> ReadSealed(WeekId week) => await Read(week, CancellationToken.None)
        ?? throw new InvalidOperationException($"week {week} is not sealed");

    /// <summary>The first week whose run has not ended, begun or not; null where no week is sealed yet.</summary>
    public async Task<WeekId?> ReadFirstUnfinished(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(UnfinishedSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.IsDBNull(0), row.IsDBNull(1)) switch
        {
            (false, _) => WeekId.OfNumber(row.GetInt32(0)),
            (_, false) => WeekId.OfNumber(row.GetInt32(1)).Next,
            _ => null,
        };
    }

    /// <summary>Sets the border and begins the run, both or neither. A sealed week stays as it is.</summary>
    public async Task Seal(SealRequest request, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new(AddWeekSql) { Parameters = { Week(request.Week) } },
                new(SealSql) { Parameters = { Week(request.Week), At(request.Now) } },
                new(AddRunSql)
                {
                    Parameters =
                    {
                        Week(request.Week),
                        new NpgsqlParameter<int> { TypedValue = request.RulesVersion },
                        Text(request.OverrideReason),
                        Text(request.OverrideBy),
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    public Task SetAggregated(WeekId week, byte[] sealHash, int participants, Amount total, CancellationToken cancellation) =>
        Execute(
            AggregatedSql,
            [
                Week(week), new NpgsqlParameter<byte[]> { TypedValue = sealHash },
                new NpgsqlParameter<int> { TypedValue = participants }, Money(total),
            ],
            cancellation);

    public Task SetReserved(WeekId week, Amount reserved, CancellationToken cancellation) =>
        Execute(ReserveSql, [Week(week), Money(reserved)], cancellation);

    public Task SetScored(WeekId week, DateTimeOffset now, CancellationToken cancellation) =>
        Execute(ScoredSql, [Week(week), At(now)], cancellation);

    public Task SetReported(WeekId week, DateTimeOffset now, byte[] exportHash, CancellationToken cancellation) =>
        Execute(
            ReportedSql,
            [Week(week), At(now), new NpgsqlParameter<byte[]> { TypedValue = exportHash }],
            cancellation);

    public Task SetSettled(WeekId week, DateTimeOffset now, Amount paid, CancellationToken cancellation) =>
        Execute(SettledSql, [Week(week), At(now), Money(paid)], cancellation);

    private static NpgsqlParameter<int> Week(WeekId week) => new() { TypedValue = week.Number };

    private static NpgsqlParameter<long> Money(Amount amount) => new() { TypedValue = amount.Micro };

    private static NpgsqlParameter<DateTimeOffset> At(DateTimeOffset at) => new() { TypedValue = at };

    private static NpgsqlParameter Text(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static Amount? Money(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new(row.GetInt64(column));

    private async Task Execute(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // One of the constants above.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>A sealed week and how far its run has come.</summary>
/// <param name="Total">Rewards before the fund's factor; null before aggregation.</param>
/// <param name="Reserved">What the fund is to give; null before scoring.</param>
/// <param name="Paid">Null before the end.</param>
internal sealed record Run(
    WeekId Week, int RulesVersion, string? OverrideReason, byte[]? SealHash, int Participants, Amount? Total,
    Amount? Reserved, DateTimeOffset? ScoredAt, byte[]? ExportHash, DateTimeOffset? ReportedAt, Amount? Paid,
    DateTimeOffset? SettledAt, DateTimeOffset SealedAt)
{
    /// <summary>The last stage done; null before the first. Each stage sets its column last.</summary>
    public WeekStage? Done =>
        SettledAt is not null ? WeekStage.Settle
        : ReportedAt is not null ? WeekStage.Report
        : ScoredAt is not null ? WeekStage.Score
        : SealHash is not null ? WeekStage.Aggregate
        : null;
}

/// <param name="OverrideReason">Why a required source was not waited for; null where none was missing.</param>
internal sealed record SealRequest(
    WeekId Week, DateTimeOffset Now, int RulesVersion, string? OverrideReason, string? OverrideBy);
