using System.Collections.Immutable;
using Npgsql;
using Stk.Ledger.Sql;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>Tables <c>inactivity.earned</c> and <c>inactivity.restorations</c>.</summary>
internal sealed class RestorationTable(NpgsqlDataSource database)
{
    // The quarters whose debits may still be earned back: those of long ago are not looked at every week.
    private const string QuartersSql = """
        SELECT quarter, rules_version FROM inactivity.runs
        WHERE days = 0 AND EXISTS (SELECT FROM inactivity.debits WHERE debits.quarter = runs.quarter)
        ORDER BY quarter
        """;

    // Looked up for each statement by its whole key (OFFSET 0): PostgreSQL takes a week and a quarter that its statistics
    // have not seen for one row each, and would read the week anew for each debit.
    private const string ReturnedSql = """
        SELECT statement.participant, debit.amount_micro FROM weeks.statements statement
        CROSS JOIN LATERAL (
            SELECT amount_micro FROM inactivity.debits
            WHERE quarter = $2 AND participant = statement.participant OFFSET 0) debit
        WHERE statement.week = $1 AND statement.streak >= $3
            AND NOT EXISTS (
                SELECT FROM inactivity.earned
                WHERE earned.quarter = $2 AND earned.participant = statement.participant OFFSET 0)
            AND NOT EXISTS (
                SELECT FROM inactivity.credits
                WHERE credits.quarter = $2 AND credits.participant = statement.participant OFFSET 0)
        ORDER BY statement.participant
        """;

    private const string EarnSql = """
        INSERT INTO inactivity.earned (quarter, week, participant, amount_micro)
        SELECT $1, $2, row.* FROM unnest($3::bigint[], $4::bigint[]) AS row
        ON CONFLICT (quarter, participant) DO NOTHING
        """;

    private const string Due = """
        inactivity.earned WHERE NOT EXISTS (
            SELECT FROM inactivity.credits credit
            WHERE credit.quarter = earned.quarter AND credit.participant = earned.participant)
        """;

    // All or nothing, decided once: a second try after a death in the middle goes on with the same.
    private const string DecideSql = $"""
        WITH due AS (SELECT count(*)::integer AS people, coalesce(sum(amount_micro), 0)::bigint AS micro FROM {Due}),
        fund AS (
            SELECT coalesce((
                SELECT balance_micro FROM ledger.accounts WHERE kind = {SqlAccounts.Fund} AND owner = $2), 0) AS micro)
        INSERT INTO inactivity.restorations (week, people, due_micro, fund_micro, is_paid)
        SELECT $1, people, due.micro, fund.micro, due.micro <= fund.micro FROM due, fund WHERE people > 0
        ON CONFLICT (week) DO NOTHING
        """;

    private const string DecisionSql = """
        SELECT due_micro, fund_micro, is_paid FROM inactivity.restorations WHERE week = $1
        """;

    private const string DueSql = $"SELECT quarter, participant, amount_micro FROM {Due} ORDER BY quarter, participant";

    /// <summary>The quarters that have taken anything, each with the rule book that it went by.</summary>
    public async Task<ImmutableArray<(QuarterId Quarter, int RulesVersion)>> ReadQuarters()
    {
        var quarters = ImmutableArray.CreateBuilder<(QuarterId, int)>();
        await using var command = database.CreateCommand(QuartersSql);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            quarters.Add((QuarterId.OfNumber(row.GetInt32(0)), row.GetInt32(1)));
        }

        return quarters.ToImmutable();
    }

    /// <summary>
    /// Whoever has a statement of a week with such a streak, and what a quarter took and nobody has given back.
    /// </summary>
    /// <param name="streak">At least. Unit: weeks.</param>
    public async Task<ImmutableArray<(long Participant, Amount Debit)>> ReadReturned(
        WeekId week, QuarterId quarter, int streak)
    {
        var returned = ImmutableArray.CreateBuilder<(long, Amount)>();
        await using var command = database.CreateCommand(ReturnedSql)
            .With(week.Number).With(quarter.Number).With(streak);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            returned.Add((row.GetInt64(0), new(row.GetInt64(1))));
        }

        return returned.ToImmutable();
    }

    /// <summary>Writes down a right from a week on, once.</summary>
    public async Task Earn(QuarterId quarter, WeekId week, IReadOnlyList<(long Participant, Amount Amount)> earned)
    {
        await using var command = database.CreateCommand(EarnSql)
            .With(quarter.Number).With(week.Number)
            .With(earned.Column(one => one.Participant)).With(earned.Column(one => one.Amount.Micro));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Decides, once a week, whether all that is due is given back; null where nothing is due.</summary>
    public async Task<(Amount Due, Amount Fund, bool IsPaid)?> Decide(WeekId week)
    {
        await using (var command = database.CreateCommand(DecideSql)
            .With(week.Number).With((long)Rules.Money.Fund.Rewards))
        {
            await command.ExecuteNonQueryAsync();
        }

        await using var decision = database.CreateCommand(DecisionSql).With(week.Number);
        await using var row = await decision.ExecuteReaderAsync();
        return await row.ReadAsync()
            ? (new(row.GetInt64(0)), new(row.GetInt64(1)), row.GetBoolean(2))
            : null;
    }

    /// <summary>What is earned and not given back.</summary>
    public async Task<ImmutableArray<(QuarterId Quarter, long Participant, Amount Amount)>> ReadDue()
    {
        var due = ImmutableArray.CreateBuilder<(QuarterId, long, Amount)>();
        await using var command = database.CreateCommand(DueSql);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            due.Add((QuarterId.OfNumber(row.GetInt32(0)), row.GetInt64(1), new(row.GetInt64(2))));
        }

        return due.ToImmutable();
    }
}
