using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Grains.Notices;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Participants;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>
/// What was decided about people, before anything is posted: <c>inactivity.warnings</c>, <c>inactivity.lines</c>, written
/// some shards together with their row in <c>inactivity.parts</c>.
/// </summary>
internal sealed class AssessmentTable(NpgsqlDataSource database)
{
    /// <summary>Shards that are assessed together.</summary>
    public const int ShardsAPart = 8;

    // One at a time for a part: a second activation waits, and then finds its row. The seal's locks have a week for the
    // first number, statements a negative one; a quarter has five digits.
    private const string LockSql = "SELECT pg_advisory_xact_lock($1, $2)";

    private const string HasPartSql = """
        SELECT EXISTS (SELECT FROM inactivity.parts WHERE quarter = $1 AND days = $2 AND first_shard = $3)
        """;

    private const string AddPartSql = """
        INSERT INTO inactivity.parts (quarter, days, first_shard, people, amount_micro, told)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string AddWarningsSql = """
        INSERT INTO inactivity.warnings (
            quarter, days, at, participant, shard, last_active, inactive_days, rate_bp, base_micro, base_sequence,
            amount_micro, exclusion)
        SELECT $1, $2, $3, row.*
        FROM unnest(
            $4::bigint[], $5::smallint[], $6::date[], $7::integer[], $8::integer[], $9::bigint[], $10::bigint[],
            $11::bigint[], $12::uuid[]) AS row
        """;

    private const string AddLinesSql = """
        INSERT INTO inactivity.lines (
            quarter, attempt, cause, leaves_to, suspensions_to, participant, shard, last_active, inactive_days, rate_bp,
            base_micro, base_sequence, amount_micro, exclusion, outcome)
        SELECT $1, 1, 1, $2, $3, row.*
        FROM unnest(
            $4::bigint[], $5::smallint[], $6::date[], $7::integer[], $8::integer[], $9::bigint[], $10::bigint[],
            $11::bigint[], $12::uuid[], $13::smallint[]) AS row
        """;

    public static IEnumerable<int> FirstShards =>
        Enumerable.Range(0, ParticipantId.Shards / ShardsAPart).Select(part => part * ShardsAPart);

    /// <summary>
    /// Assesses some shards and writes down what follows, and tells whom it warns, once; where it is there already nothing
    /// changes.
    /// </summary>
    public async Task Write(QuarterRun run, Borders borders, int firstShard)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await IsThere(connection, run, firstShard))
        {
            return;
        }

        var weeks = await InactiveReader.ReadWeeks(connection, borders.SealedTo, CancellationToken.None);
        var people = await InactiveReader.Read(
            connection, borders, weeks, firstShard, firstShard + ShardsAPart - 1, isLocking: run.Days == 0,
            CancellationToken.None);
        ImmutableArray<AssessedPerson> affected =
        [
            .. people.Where(person => person.IsAffected && (run.Days == 0 || person.Standing.IsToBeWarned)),
        ];
        var amount = Amount.Sum(affected.Select(
            person => run.Days == 0 ? person.Taken : person.Assessment.Amount));
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                run.Days == 0 ? AddLines(run, affected) : AddWarnings(run, affected),
                new NpgsqlBatchCommand(AddPartSql)
                    .With(run.Quarter.Number).With((short)run.Days).With((short)firstShard).With(affected.Length)
                    .With(amount.Micro)
                    .WithNullable(run.Days == 0 ? null : affected.Length, NpgsqlDbType.Integer),
            },
        };
        if (run.Days > 0)
        {
            batch.BatchCommands.Add(Tell(run, affected));
        }

        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static async Task<bool> IsThere(NpgsqlConnection connection, QuarterRun run, int firstShard)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(LockSql).With(run.Quarter.Number).With((run.Days * 100) + firstShard),
                new NpgsqlBatchCommand(HasPartSql)
                    .With(run.Quarter.Number).With((short)run.Days).With((short)firstShard),
            },
        };
        await using var row = await batch.ExecuteReaderAsync();
        await row.NextResultAsync();
        await row.ReadAsync();
        return row.GetBoolean(0);
    }

    private static NpgsqlBatchCommand AddWarnings(QuarterRun run, ImmutableArray<AssessedPerson> people) =>
        People(
            new NpgsqlBatchCommand(AddWarningsSql)
                .With(run.Quarter.Number).With((short)run.Days).With(run.BeganAt.UtcDateTime),
            people, person => person.Assessment.Amount);

    private static NpgsqlBatchCommand Tell(QuarterRun run, ImmutableArray<AssessedPerson> people) => NoticeTable.Insert(
        [
            .. people.Select(person => InactivityNotices.Warning(
                run.Quarter, run.Days, person.Person.Number, person.Assessment.RateBp, person.Assessment.Amount)),
        ],
        run.BeganAt, new Guid?[people.Length]);

    private static NpgsqlBatchCommand AddLines(QuarterRun run, ImmutableArray<AssessedPerson> people) =>
        People(
            new NpgsqlBatchCommand(AddLinesSql)
                .With(run.Quarter.Number).With(run.LeavesTo).With(run.SuspensionsTo),
            people, person => person.Taken)
            .With(people.Column(person => (short)person.Standing.Outcome));

    private static NpgsqlBatchCommand People(
        NpgsqlBatchCommand command, ImmutableArray<AssessedPerson> people, Func<AssessedPerson, Amount> amount) => command
            .With(people.Column(person => person.Person.Number))
            .With(people.Column(person => person.Person.Shard))
            .With(people.Column(person => person.LastActive))
            .With(people.Column(person => person.Assessment.Days))
            .With(people.Column(person => person.Assessment.RateBp))
            .With(people.Column(person => person.Assessment.Base.Micro))
            .With(people.Column(person => person.Person.Sequence))
            .With(people.Column(person => amount(person).Micro))
            .WithNullable(people.Column(person => person.Person.Exclusion), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
}
