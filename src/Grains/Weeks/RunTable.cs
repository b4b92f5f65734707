using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Grains.Sources;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Runs;
using Stk.Rules.Sources;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>Tables <c>weeks.runs</c> and, for the border that it sets, <c>activity.weeks</c>.</summary>
internal sealed class RunTable(NpgsqlDataSource database)
{
    private const string Columns = """
        week, rules_version, override_reason, seal_hash, participants, total_micro, reserved_micro, scored_at,
        export_hash, reported_at, paid_micro, settled_at, sealed_at, rules_hash
        """;

    private const string ReadSql = $"""
        SELECT {Columns} FROM weeks.runs JOIN activity.weeks USING (week) WHERE week = $1
        """;

    private const string ClosedSql = $"""
        SELECT {Columns} FROM weeks.runs JOIN activity.weeks USING (week)
        WHERE week < $1 AND settled_at IS NOT NULL ORDER BY week DESC LIMIT $2
        """;

    private const string UnfinishedSql = """
        SELECT (SELECT min(week) FROM weeks.runs WHERE settled_at IS NULL), (SELECT max(week) FROM weeks.runs)
        """;

    private const string AddWeekSql = "INSERT INTO activity.weeks (week) VALUES ($1) ON CONFLICT DO NOTHING";

    // Waits for the intake commits that hold the row: what was acknowledged before is in the seal.
    private const string SealSql = "UPDATE activity.weeks SET sealed_at = $2 WHERE week = $1 AND sealed_at IS NULL";

    private const string AddRunSql = """
        INSERT INTO weeks.runs (week, rules_version, rules_hash, override_reason, override_by)
        VALUES ($1, $2, (SELECT sha256(document) FROM economy.rule_books WHERE version = $2), $3, $4)
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
        await using var command = database.CreateCommand(ReadSql).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Of(row) : null;
    }

    /// <summary>The last closed weeks before a week, latest first.</summary>
    public async Task<ImmutableArray<Run>> ReadClosedBefore(WeekId week, int most, CancellationToken cancellation)
    {
        var closed = ImmutableArray.CreateBuilder<Run>(most);
        await using var command = database.CreateCommand(ClosedSql).With(week.Number).With(most);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            closed.Add(Of(row));
        }

        return closed.ToImmutable();
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
        return (row.IntOrNull(0), row.IntOrNull(1)) switch
        {
            ({ } first, _) => WeekId.OfNumber(first),
            (_, { } last) => WeekId.OfNumber(last).Next,
            _ => null,
        };
    }

    /// <summary>Sets the border and begins the run, both or neither. A sealed week stays as it is.</summary>
    /// <returns>The days on which a source was worth more than its budget: then nothing has changed.</returns>
    public async Task<ImmutableArray<OverBudgetDay>> Seal(SealRequest request, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(AddWeekSql).With(request.Week.Number),
                new NpgsqlBatchCommand(SealSql).With(request.Week.Number).With(request.Now),
                new NpgsqlBatchCommand(AddRunSql)
                    .With(request.Week.Number).With(request.Rules.Version)
                    .WithNullable(request.OverrideReason, NpgsqlDbType.Text)
                    .WithNullable(request.OverrideBy, NpgsqlDbType.Text),
                BudgetTable.Seal(request.Week),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);

        // Behind the lock: what was looked at before it may have grown.
        var over = await BudgetTable.ReadOverSealed(connection, request.Week, request.Rules, cancellation);
        if (over.IsEmpty)
        {
            await transaction.CommitAsync(cancellation);
        }

        return over;
    }

    public Task SetAggregated(
        WeekId week, byte[] sealHash, int participants, Amount total, CancellationToken cancellation) =>
        Execute(
            database.CreateCommand(AggregatedSql)
                .With(week.Number).With(sealHash).With(participants).With(total.Micro),
            cancellation);

    public Task SetReserved(WeekId week, Amount reserved, CancellationToken cancellation) =>
        Execute(database.CreateCommand(ReserveSql).With(week.Number).With(reserved.Micro), cancellation);

    public Task SetScored(WeekId week, DateTimeOffset now, CancellationToken cancellation) =>
        Execute(database.CreateCommand(ScoredSql).With(week.Number).With(now), cancellation);

    public Task SetReported(WeekId week, DateTimeOffset now, byte[] exportHash, CancellationToken cancellation) =>
        Execute(database.CreateCommand(ReportedSql).With(week.Number).With(now).With(exportHash), cancellation);

    public Task SetSettled(WeekId week, DateTimeOffset now, Amount paid, CancellationToken cancellation) =>
        Execute(database.CreateCommand(SettledSql).With(week.Number).With(now).With(paid.Micro), cancellation);

    private static Run Of(NpgsqlDataReader row) => new(
        WeekId.OfNumber(row.GetInt32(0)),
        row.GetInt32(1),
        row.TextOrNull(2),
        row.BytesOrNull(3),
        row.IntOrNull(4) ?? 0,
        Money(row, 5),
        Money(row, 6),
        row.InstantOrNull(7),
        row.BytesOrNull(8),
        row.InstantOrNull(9),
        Money(row, 10),
        row.InstantOrNull(11),
        row.Instant(12),
        row.BytesOrNull(13));

    private static Amount? Money(NpgsqlDataReader row, int column) =>
        row.LongOrNull(column) is { } micro ? new(micro) : null;

    private static async Task Execute(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}

/// <summary>A sealed week and how far its run has come.</summary>
/// <param name="Total">Rewards before the fund's factor; null before aggregation.</param>
/// <param name="RulesHash">SHA-256 of the rule book it was sealed under; null where it was sealed before that was kept.</param>
/// <param name="Reserved">What the fund is to give; null before scoring.</param>
/// <param name="Paid">Null before the end.</param>
internal sealed record Run(
    WeekId Week, int RulesVersion, string? OverrideReason, byte[]? SealHash, int Participants, Amount? Total,
    Amount? Reserved, DateTimeOffset? ScoredAt, byte[]? ExportHash, DateTimeOffset? ReportedAt, Amount? Paid,
    DateTimeOffset? SettledAt, DateTimeOffset SealedAt, byte[]? RulesHash)
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
    WeekId Week, DateTimeOffset Now, RuleBook Rules, string? OverrideReason, string? OverrideBy);
