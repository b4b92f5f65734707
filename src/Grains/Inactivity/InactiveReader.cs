using System.Collections.Immutable;
using Npgsql;
using Stk.Ledger.Sql;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>
/// Who has not been active, from the seals and the ledger, and what is known of them: two round trips for some shards
/// together. All SQL that finds the last activity is in this file.
/// </summary>
internal static class InactiveReader
{
    // Of the seals each row is read once, whatever the number of people.
    private const string PeopleSql = $"""
        WITH active AS (
            SELECT participant, max(day) AS day FROM weeks.seals
            WHERE week = ANY($3) AND shard BETWEEN $1 AND $2 AND counted > 0
            GROUP BY participant)
        SELECT person.number, person.shard, coalesce(active.day, (person.registered_at AT TIME ZONE 'UTC')::date),
            account.balance_micro, account.sequence
        FROM activity.participants person
        JOIN ledger.accounts account ON account.kind = {SqlAccounts.Available} AND account.owner = person.number
        LEFT JOIN active ON active.participant = person.number
        WHERE person.shard BETWEEN $1 AND $2 AND account.balance_micro > 0
            AND coalesce(active.day, (person.registered_at AT TIME ZONE 'UTC')::date) <= $4
        ORDER BY person.number
        """;

    private const string PersonSql = $"""
        SELECT person.number, person.shard,
            coalesce(
                (SELECT max(day) FROM weeks.seals
                    WHERE week = ANY($2) AND shard = person.shard AND participant = person.number AND counted > 0),
                (person.registered_at AT TIME ZONE 'UTC')::date),
            coalesce(account.balance_micro, 0), coalesce(account.sequence, 0)
        FROM activity.participants person
        LEFT JOIN ledger.accounts account ON account.kind = {SqlAccounts.Available} AND account.owner = person.number
        WHERE person.number = $1
        """;

    private const string WeeksSql = """
        SELECT week FROM weeks.runs WHERE week <= $1 AND seal_hash IS NOT NULL ORDER BY week
        """;

    private const string ExclusionsSql = """
        SELECT participant, at, uuid, coalesce(excluded, false) FROM activity.profile_changes
        WHERE participant = ANY($1) AND (excluded IS NOT NULL OR takes_back_exclusion) ORDER BY participant, at, uuid
        """;

    private const string LeavesSql = """
        SELECT participant, first_day, last_day FROM inactivity.leaves
        WHERE participant = ANY($1) AND number <= $2 ORDER BY participant, number
        """;

    private const string SuspendedSql = """
        SELECT asked.participant FROM unnest($1::bigint[]) AS asked (participant)
        CROSS JOIN LATERAL (
            SELECT is_suspended FROM suspensions.changes change
            WHERE change.participant = asked.participant AND number <= $2 ORDER BY number DESC LIMIT 1) AS last
        WHERE last.is_suspended
        """;

    private const string WarnedSql = """
        SELECT DISTINCT participant FROM inactivity.warnings WHERE quarter = $2 AND participant = ANY($1)
        """;

    // Locked where a decision follows from it: an operator who decides on the appeal comes before or finds the line.
    private const string AppealsSql = """
        SELECT participant, state FROM inactivity.appeals WHERE quarter = $2 AND participant = ANY($1)
        """;

    private const string LockedAppealsSql = AppealsSql + " FOR SHARE";

    /// <summary>The weeks up to one whose seals are whole.</summary>
    public static async Task<int[]> ReadWeeks(NpgsqlConnection connection, WeekId to, CancellationToken cancellation)
    {
        var weeks = new List<int>();
        await using var command = new NpgsqlCommand(WeeksSql, connection).With(to.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            weeks.Add(row.GetInt32(0));
        }

        return [.. weeks];
    }

    /// <summary>Those of some shards from whom the lowest rate might take something, by number.</summary>
    /// <param name="weeks">Whose seals are looked at.</param>
    /// <param name="isLocking">In a transaction that writes down what follows.</param>
    public static async Task<ImmutableArray<AssessedPerson>> Read(
        NpgsqlConnection connection, Borders borders, int[] weeks, int firstShard, int lastShard, bool isLocking,
        CancellationToken cancellation)
    {
        if (borders.Rules.Rates.IsEmpty)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(PeopleSql, connection)
            .With((short)firstShard).With((short)lastShard).With(weeks)
            .With(borders.Quarter.FirstDay.AddDays(-borders.Rules.Rates[0].FromDays));
        command.CommandTimeout = 0;
        var found = await Found(command, cancellation);
        return found.Count == 0 ? [] : await Assess(connection, found, borders, isLocking, cancellation);
    }

    /// <summary>One participant, whatever is available and however long ago they were active; null: there is none.</summary>
    public static async Task<AssessedPerson?> ReadOne(
        NpgsqlConnection connection, Borders borders, int[] weeks, long participant, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(PersonSql, connection).With(participant).With(weeks);
        var found = await Found(command, cancellation);
        return found.Count == 0
            ? null
            : (await Assess(connection, found, borders, isLocking: false, cancellation))[0];
    }

    private static async Task<List<InactivePerson>> Found(NpgsqlCommand command, CancellationToken cancellation)
    {
        var found = new List<InactivePerson>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add(new(
                row.GetInt64(0), row.GetInt16(1), row.GetFieldValue<DateOnly>(2), new(row.GetInt64(3)), row.GetInt64(4),
                Absences.None, null, IsSuspended: false, IsWarned: false, HasAppealed: false));
        }

        return found;
    }

    private static async Task<ImmutableArray<AssessedPerson>> Assess(
        NpgsqlConnection connection, List<InactivePerson> found, Borders borders, bool isLocking,
        CancellationToken cancellation)
    {
        var numbers = found.Column(person => person.Number);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(ExclusionsSql).With(numbers),
                new NpgsqlBatchCommand(LeavesSql).With(numbers).With(borders.LeavesTo),
                new NpgsqlBatchCommand(SuspendedSql).With(numbers).With(borders.SuspensionsTo),
                new NpgsqlBatchCommand(WarnedSql).With(numbers).With(borders.Quarter.Number),
                new NpgsqlBatchCommand(isLocking ? LockedAppealsSql : AppealsSql)
                    .With(numbers).With(borders.Quarter.Number),
            },
        };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var exclusions = await Lookup(
            row, row => (Word: new ExclusionWord(row.Instant(1), row.GetBoolean(3)), Id: row.GetGuid(2)), cancellation);
        await row.NextResultAsync(cancellation);
        var leaves = await Lookup(
            row,
            row => new Leave(
                row.GetFieldValue<DateOnly>(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateOnly>(2)),
            cancellation);
        await row.NextResultAsync(cancellation);
        var suspended = (await Lookup(row, _ => true, cancellation)).Select(entry => entry.Key).ToHashSet();
        await row.NextResultAsync(cancellation);
        var warned = (await Lookup(row, _ => true, cancellation)).Select(entry => entry.Key).ToHashSet();
        await row.NextResultAsync(cancellation);
        var appealed = await Lookup(row, row => (AppealState)row.GetInt16(1), cancellation);
        return
        [
            .. found.Select(person => (person with
            {
                Absences = new(
                    [.. exclusions[person.Number].Select(change => change.Word)], [.. leaves[person.Number]]),
                Exclusion = exclusions[person.Number].Select(change => (Guid?)change.Id).LastOrDefault(),
                IsSuspended = suspended.Contains(person.Number),
                IsWarned = warned.Contains(person.Number),
                HasAppealed = appealed[person.Number].Any(state => state != AppealState.Rejected),
            }).Assess(borders.Quarter, borders.Rules)),
        ];
    }

    // By participant number, which is the first column.
    private static async Task<ILookup<long, T>> Lookup<T>(
        NpgsqlDataReader row, Func<NpgsqlDataReader, T> value, CancellationToken cancellation)
    {
        var rows = new List<(long Participant, T Value)>();
        while (await row.ReadAsync(cancellation))
        {
            rows.Add((row.GetInt64(0), value(row)));
        }

        return rows.ToLookup(pair => pair.Participant, pair => pair.Value);
    }
}

/// <summary>What an assessment looks at, and by which rules.</summary>
/// <param name="SealedTo">The last week whose seal is looked at.</param>
/// <param name="LeavesTo">The last leave that counts, by its number.</param>
/// <param name="SuspensionsTo">The last change that counts, by its number.</param>
internal sealed record Borders(
    QuarterId Quarter, InactivityRules Rules, WeekId SealedTo, int LeavesTo, int SuspensionsTo);
