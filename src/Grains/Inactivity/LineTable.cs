using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>What stands in <c>inactivity.lines</c>, and further attempts; the first ones are an assessment's.</summary>
internal sealed class LineTable(NpgsqlDataSource database)
{
    private const string Columns = """
        line.quarter, line.participant, line.attempt, line.shard, line.last_active, line.inactive_days, line.rate_bp,
        line.base_micro, line.amount_micro, line.outcome
        """;

    // Each is looked up by itself (OFFSET 0: no join). The run reads what it has just written, of which the statistics know
    // nothing: the planner would take a quarter for one row, and compare all of them with all.
    private const string IsLast = """
        NOT EXISTS (
            SELECT FROM inactivity.lines later
            WHERE later.quarter = line.quarter AND later.participant = line.participant AND later.attempt > line.attempt
            OFFSET 0)
        """;

    internal const string OpenSql = $"""
        SELECT {Columns} FROM inactivity.lines line
        WHERE line.quarter = $1 AND line.participant > $2 AND line.amount_micro > 0 AND {IsLast}
            AND NOT EXISTS (
                SELECT FROM inactivity.debits debit
                WHERE debit.quarter = line.quarter AND debit.participant = line.participant OFFSET 0)
        ORDER BY line.participant LIMIT $3
        """;

    private const string LastSql = $"""
        SELECT {Columns} FROM inactivity.lines line WHERE line.quarter = $1 AND line.participant = $2
        ORDER BY line.attempt DESC LIMIT 1
        """;

    // The journal waits: no commit that is under way looked before and ends behind. So nothing is taken by the attempt
    // before once there is another, and there is no other once something was taken.
    private const string HoldJournalSql = "SELECT sequence FROM ledger.head FOR UPDATE";

    private const string AddSql = """
        INSERT INTO inactivity.lines (
            quarter, participant, attempt, shard, cause, last_active, inactive_days, rate_bp, base_micro, base_sequence,
            amount_micro, outcome, exclusion, leaves_to, suspensions_to)
        SELECT $1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
        WHERE NOT EXISTS (SELECT FROM inactivity.debits WHERE quarter = $1 AND participant = $2)
        ON CONFLICT (quarter, participant, attempt) DO NOTHING
        """;

    private const string IsDebitedSql = """
        SELECT EXISTS (SELECT FROM inactivity.debits WHERE quarter = $1 AND participant = $2)
        """;

    private const string NowSql = """
        SELECT coalesce((SELECT max(number) FROM inactivity.leaves), 0),
            coalesce((SELECT max(number) FROM suspensions.changes), 0)
        """;

    /// <summary>Those of a quarter of whom something is still to be taken, by participant.</summary>
    public async Task<ImmutableArray<StoredLine>> ReadOpen(QuarterId quarter, long after, int limit)
    {
        var lines = ImmutableArray.CreateBuilder<StoredLine>();
        await using var command = database.CreateCommand(OpenSql).With(quarter.Number).With(after).With(limit);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            lines.Add(Of(row));
        }

        return lines.ToImmutable();
    }

    /// <summary>The attempt that counts; null where the run has not come to them, or would take nothing.</summary>
    public async Task<StoredLine?> ReadLast(QuarterId quarter, long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LastSql).With(quarter.Number).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Of(row) : null;
    }

    /// <summary>
    /// Assesses once more somebody of whom an attempt could not take anything, by what is known now.
    /// </summary>
    /// <returns>The attempt that counts by now; null where something was taken meanwhile.</returns>
    public async Task<StoredLine?> AssessAgain(QuarterRun run, Borders borders, StoredLine line)
    {
        await using var connection = await database.OpenConnectionAsync();
        var known = await ReadKnown(connection, borders, CancellationToken.None);
        var weeks = await InactiveReader.ReadWeeks(connection, borders.SealedTo, CancellationToken.None);
        var person = await InactiveReader.ReadOne(connection, known, weeks, line.Participant, CancellationToken.None)
            ?? throw new InvalidOperationException($"participant {line.Participant} has a line and does not exist");
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var batch = new NpgsqlBatch(connection, transaction)
            {
                BatchCommands = { new(HoldJournalSql), Add(run, known, line.Attempt + 1, person) },
            };
            await batch.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        await using (var command = new NpgsqlCommand(IsDebitedSql, connection)
            .With(run.Quarter.Number).With(line.Participant))
        {
            if (await command.ExecuteScalarAsync() is true)
            {
                return null;
            }
        }

        return await ReadLast(run.Quarter, line.Participant, CancellationToken.None);
    }

    /// <summary>All leaves and suspensions that there are by now.</summary>
    public static async Task<Borders> ReadKnown(
        NpgsqlConnection connection, Borders borders, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(NowSql, connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return borders with { LeavesTo = row.GetInt32(0), SuspensionsTo = row.GetInt32(1) };
    }

    private static NpgsqlBatchCommand Add(QuarterRun run, Borders known, int attempt, AssessedPerson person) =>
        new NpgsqlBatchCommand(AddSql)
            .With(run.Quarter.Number).With(person.Person.Number).With(attempt).With(person.Person.Shard)
            .With(person.LastActive).With(person.Assessment.Days).With(person.Assessment.RateBp)
            .With(person.Assessment.Base.Micro).With(person.Person.Sequence).With(person.Taken.Micro)
            .With((short)person.Standing.Outcome).WithNullable(person.Person.Exclusion, NpgsqlDbType.Uuid)
            .With(known.LeavesTo).With(known.SuspensionsTo);

    private static StoredLine Of(NpgsqlDataReader row) => new(
        QuarterId.OfNumber(row.GetInt32(0)), row.GetInt64(1), row.GetInt32(2), row.GetInt16(3),
        row.GetFieldValue<DateOnly>(4),
        new(row.GetInt32(5), row.GetInt32(6), new(row.GetInt64(7)), new(row.GetInt64(8))),
        (InactivityOutcome)row.GetInt16(9));
}

/// <summary>A row of <c>inactivity.lines</c>.</summary>
/// <param name="Assessment">Its amount is what is taken: nothing unless charged.</param>
internal sealed record StoredLine(
    QuarterId Quarter, long Participant, int Attempt, short Shard, DateOnly LastActive, Assessment Assessment,
    InactivityOutcome Outcome)
{
    public Amount Taken => Assessment.Amount;
}
