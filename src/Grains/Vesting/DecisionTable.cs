using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>
/// Tables <c>vesting.decisions</c> and <c>vesting.verdicts</c>. That a decision is paid out is written by
/// <see cref="GrantDecisionEffect"/>.
/// </summary>
internal sealed class DecisionTable(NpgsqlDataSource database)
{
    private const string InsertSql = """
        INSERT INTO vesting.decisions (
            transaction_id, participant, shard, week, type, vests_days, granted, released_micro, cancelled_micro, reason,
            decided_on, decided_at, settled_to, by, because, person)
        SELECT made.*, $11, $12, $13, $14, $15, $16
        FROM unnest(
            $1::uuid[], $2::bigint[], $3::smallint[], $4::integer[], $5::text[], $6::smallint[], $7::uuid[], $8::bigint[],
            $9::bigint[], $10::smallint[]) AS made
        """;

    private const string InsertVerdictsSql = """
        INSERT INTO vesting.verdicts (transaction_id, place, source_id, uuid, verdict, cause, amount_micro, evidence)
        SELECT * FROM unnest(
            $1::uuid[], $2::integer[], $3::integer[], $4::uuid[], $5::smallint[], $6::smallint[], $7::bigint[], $8::uuid[])
        """;

    // Open until now: a grant is decided once, whoever decides.
    private const string CloseWeeklySql = """
        WITH closed AS (
            UPDATE weeks.grants granted SET decided_on = $5
            FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::smallint[])
                AS made (participant, week, type, vests_days)
            WHERE granted.participant = made.participant AND granted.week = made.week AND granted.type = made.type
                AND granted.vests_days = made.vests_days AND granted.decided_on IS NULL
            RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM closed) = cardinality($1), 'open')
        """;

    private const string CloseSpendingsSql = """
        WITH closed AS (
            UPDATE spending.fund_grants SET decided_on = $2
            WHERE transaction_id = ANY($1) AND decided_on IS NULL RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM closed) = cardinality($1), 'open')
        """;

    private const string UnpostedSql = """
        SELECT decision.participant, decision.shard, decision.vests_days,
            decision.released_micro + decision.cancelled_micro,
            coalesce(weekly.unlocks_on, spent.unlocks_on), decision.week, decision.type, decision.granted, spend.fund,
            decision.released_micro, decision.cancelled_micro
        FROM vesting.decisions decision
        LEFT JOIN weeks.grants weekly USING (participant, week, type, vests_days)
        LEFT JOIN spending.fund_grants spent ON spent.transaction_id = decision.granted
        LEFT JOIN spending.fund_spends spend ON spend.transaction_id = decision.granted
        WHERE decision.shard = $1 AND decision.sequence IS NULL AND decision.transaction_id > $2
        ORDER BY decision.transaction_id LIMIT $3
        """;

    private const string VerdictsSql = """
        SELECT transaction_id, source_id, uuid, verdict, cause, amount_micro, evidence
        FROM vesting.verdicts WHERE transaction_id = ANY($1) ORDER BY transaction_id, place
        """;

    /// <summary>The commands that store decisions of one moment, and close their grants.</summary>
    /// <param name="made">At least one.</param>
    public static IEnumerable<NpgsqlBatchCommand> Insert(IReadOnlyList<MadeDecision> made, DecisionTime time)
    {
        var weekly = made.Where(one => one.Decided.Grant.Origin is GrantOrigin.Weekly).ToList();
        if (weekly.Count > 0)
        {
            yield return new NpgsqlBatchCommand(CloseWeeklySql)
                .With(weekly.Column(one => one.Decided.Grant.Participant)).With(weekly.Column(Week))
                .With(weekly.Column(Type)).With(weekly.Column(one => (short)one.Decided.Grant.VestsDays))
                .With(time.Day);
        }

        var spendings = made.Where(one => one.Decided.Grant.Origin is GrantOrigin.Spending).ToList();
        if (spendings.Count > 0)
        {
            yield return new NpgsqlBatchCommand(CloseSpendingsSql).With(spendings.Column(Granted)).With(time.Day);
        }

        yield return new NpgsqlBatchCommand(InsertSql)
            .With(made.Column(one => one.Id)).With(made.Column(one => one.Decided.Grant.Participant))
            .With(made.Column(one => (short)one.Decided.Grant.Shard)).With(made.Column(Week)).With(made.Column(Type))
            .With(made.Column(one => (short)one.Decided.Grant.VestsDays)).With(made.Column(Granted))
            .With(made.Column(one => one.Decided.Released.Micro)).With(made.Column(one => one.Decided.Cancelled.Micro))
            .With(made.Column(one => (short)one.Reason))
            .With(time.Day).With(time.At.UtcDateTime)
            .WithNullable(time.LastSettled?.Number, NpgsqlDbType.Integer)
            .WithNullable(time.By, NpgsqlDbType.Text).WithNullable(time.Because, NpgsqlDbType.Text)
            .WithNullable(time.Person, NpgsqlDbType.Text);

        var verdicts = made.SelectMany(one => one.Verdicts.Select((row, place) => (one.Id, Place: place, Row: row)))
            .ToList();
        if (verdicts.Count > 0)
        {
            yield return new NpgsqlBatchCommand(InsertVerdictsSql)
                .With(verdicts.Column(one => one.Id)).With(verdicts.Column(one => one.Place))
                .With(verdicts.Column(one => one.Row.Source)).With(verdicts.Column(one => one.Row.Uuid))
                .With(verdicts.Column(one => (short)one.Row.Verdict)).With(verdicts.Column(one => (short)one.Row.Cause))
                .With(verdicts.Column(one => one.Row.Amount.Micro)).With(verdicts.Column(one => one.Row.Evidence));
        }
    }

    /// <summary>Decisions of a shard that are not paid out, by their transaction's id.</summary>
    /// <param name="after">The last one of the page before; empty for the first.</param>
    public async Task<ImmutableArray<DecidedGrant>> ReadUnposted(
        int shard, Guid after, int limit, CancellationToken cancellation)
    {
        var decided = ImmutableArray.CreateBuilder<DecidedGrant>(limit);
        await using var command = database.CreateCommand(UnpostedSql).With((short)shard).With(after).With(limit);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            decided.Add(new(GrantTable.Read(row), new(row.GetInt64(9)), new(row.GetInt64(10))));
        }

        return decided.ToImmutable();
    }

    /// <summary>The verdicts of decisions, in their order.</summary>
    public static async Task<ILookup<Guid, VerdictRow>> ReadVerdicts(
        NpgsqlConnection connection, Guid[] ids, CancellationToken cancellation)
    {
        var verdicts = new List<(Guid Decision, VerdictRow Row)>();
        await using var command = new NpgsqlCommand(VerdictsSql, connection) { CommandTimeout = 0 }.With(ids);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            verdicts.Add((
                row.GetGuid(0),
                new(
                    row.GetInt32(1), row.GetGuid(2), (Verdict)row.GetInt16(3), (VerdictCause)row.GetInt16(4),
                    new(row.GetInt64(5)), row.IdOrNull(6))));
        }

        return verdicts.ToLookup(one => one.Decision, one => one.Row);
    }

    private static int? Week(MadeDecision made) => (made.Decided.Grant.Origin as GrantOrigin.Weekly)?.Week.Number;

    private static string? Type(MadeDecision made) => (made.Decided.Grant.Origin as GrantOrigin.Weekly)?.Type;

    private static Guid? Granted(MadeDecision made) => (made.Decided.Grant.Origin as GrantOrigin.Spending)?.Transaction;
}
