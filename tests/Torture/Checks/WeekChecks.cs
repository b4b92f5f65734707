using System.Globalization;
using Npgsql;
using Stk.Rules.Emission;
using Stk.Rules.RuleBooks;
using Stk.Torture.Operations;

namespace Stk.Torture.Checks;

/// <summary>Events, seals, statements, payments and emission, each against what it is made from.</summary>
internal static class WeekChecks
{
    private const string LiveSql = """
        SELECT event.week, event.participant, event.type, event.day, count(*)::integer
        FROM activity.events event
        WHERE event.outcome <> 4 AND NOT EXISTS (
            SELECT FROM activity.events back
            WHERE back.retracts = event.uuid AND back.source_id = event.source_id
                AND back.participant = event.participant AND back.type = event.type || 'Retracted' AND back.outcome <> 4
                AND NOT EXISTS (
                    SELECT FROM sources.voids_in_force taken
                    WHERE taken.source_id = back.source_id AND back.type = ANY (taken.types)
                        AND back.received_at >= taken.received_from AND back.received_at < taken.received_to
                        AND event.week > taken.after_week AND event.week <= coalesce(taken.until_week, 999999)))
            AND NOT EXISTS (
                SELECT FROM sources.voids_in_force taken
                WHERE taken.source_id = event.source_id AND event.type = ANY (taken.types)
                    AND event.received_at >= taken.received_from AND event.received_at < taken.received_to
                    AND event.week > taken.after_week AND event.week <= coalesce(taken.until_week, 999999))
        GROUP BY event.week, event.participant, event.type, event.day
        """;

    /// <summary>
    /// I9: each acknowledged event is there once, as it was sent, with the outcome that was answered first.
    /// </summary>
    public static async Task<CheckResult> EventsAreAsTold(NpgsqlDataSource database, IReadOnlyList<EventRecord> records)
    {
        var stored = (await database.Read(
            """
            SELECT event.uuid, event.type, participant.id, event.at, event.outcome, event.retracts
            FROM activity.events event
            JOIN activity.participants participant ON participant.number = event.participant
            """,
            row => (
                Uuid: row.GetGuid(0), Type: row.GetString(1), Participant: row.GetString(2),
                At: row.GetFieldValue<DateTimeOffset>(3), Outcome: Name(row.GetInt16(4)),
                Retracts: row.IsDBNull(5) ? default(Guid?) : row.GetGuid(5))))
            .ToLookup(row => row.Uuid);
        var problems = new List<string>();
        foreach (var record in records)
        {
            var rows = stored[record.Uuid].ToList();
            var told = record.Outcomes;
            var first = told.FirstOrDefault(outcome => outcome != "duplicate");
            if (told.Contains("rejected"))
            {
                problems.Add($"{record.Uuid}, {record.Type} at {record.At:O}, was rejected, and nothing is wrong with it");
            }

            if (rows.Count > 1)
            {
                problems.Add($"{record.Uuid} is there {rows.Count} times");
            }
            else if (rows is [var row])
            {
                if (row.Type != record.Type || row.Participant != record.Participant || row.At != record.At
                    || (row.Retracts is not null && row.Retracts != record.Retracts))
                {
                    problems.Add($"{record.Uuid} is there with another content than was sent");
                }

                if (first is not null && first != row.Outcome)
                {
                    problems.Add($"{record.Uuid} was answered {first} and is there as {row.Outcome}");
                }

                if (told.Count(outcome => outcome != "duplicate") > 1)
                {
                    problems.Add($"{record.Uuid} was answered as new more than once: {string.Join(", ", told)}");
                }
            }
            else if (told.Any(outcome => outcome != "rejected"))
            {
                problems.Add($"{record.Uuid} was answered {string.Join(", ", told)} and is not there");
            }
        }

        problems.AddRange(stored.Select(row => row.Key).Except(records.Select(record => record.Uuid))
            .Select(uuid => $"{uuid} is there and was never sent"));
        return new(
            "each acknowledged event is there once, as sent, with the outcome first answered", problems, records.Count);
    }

    /// <summary>
    /// Nothing acknowledged in time is missing from a seal, nothing late is in it, and no limit is passed.
    /// </summary>
    public static async Task<CheckResult> SealsAreTheirEvents(NpgsqlDataSource database)
    {
        var book = RuleBook.FromTheSource;
        var settled = (await database.Read("SELECT week FROM weeks.runs WHERE seal_hash IS NOT NULL", row => row.GetInt32(0)))
            .ToHashSet();
        var expected = (await database.Read(
            LiveSql,
            row => (
                Key: (Week: row.GetInt32(0), Participant: row.GetInt64(1), Type: row.GetString(2),
                    Day: row.GetFieldValue<DateOnly>(3)),
                Received: row.GetInt32(4))))
            .Where(row => settled.Contains(row.Key.Week) && book.Weighted(row.Key.Type) is not null)
            .ToDictionary(row => row.Key, row => row.Received);
        var sealedRows = (await database.Read(
            "SELECT week, participant, type, day, sum(received)::integer, sum(counted)::integer FROM weeks.seals "
            + "GROUP BY week, participant, type, day",
            row => (
                Key: (Week: row.GetInt32(0), Participant: row.GetInt64(1), Type: row.GetString(2),
                    Day: row.GetFieldValue<DateOnly>(3)),
                Received: row.GetInt32(4), Counted: row.GetInt32(5))))
            .ToDictionary(row => row.Key);
        var problems = new List<string>();
        foreach (var (key, received) in expected)
        {
            var counted = Math.Min(received, book.Weighted(key.Type)!.DayLimit);
            if (!sealedRows.TryGetValue(key, out var row))
            {
                problems.Add($"{key} has {received} live events and is not in the seal");
            }
            else if (row.Received != received || row.Counted != counted)
            {
                problems.Add($"{key} has {received} live events, the seal says {row.Received} received and {row.Counted} counted");
            }
        }

        problems.AddRange(sealedRows.Keys.Where(key => !expected.ContainsKey(key)).Select(key => $"{key} is in the seal and has no live event"));
        return new(
            "every event that was in time is in its week's seal, nothing else is, and day limits are kept",
            problems, expected.Count);
    }

    /// <summary>I10 and I16.</summary>
    public static async Task<CheckResult> WeeksAreEven(NpgsqlDataSource database) => new(
        "of every settled week: paid and left are what was reserved, its account is empty, each statement is paid once",
        await database.Problems("""
            WITH moved AS (
                SELECT account.owner AS week,
                    sum(posting.amount_micro) FILTER (WHERE held.kind = 2) AS reserved,
                    -sum(posting.amount_micro) FILTER (WHERE held.kind = 3) AS paid,
                    -coalesce(sum(posting.amount_micro) FILTER (WHERE held.kind = 4), 0) AS back,
                    count(*) FILTER (WHERE held.kind = 2) AS reserves,
                    count(*) FILTER (WHERE held.kind = 4) AS returns,
                    max(account.balance_micro) AS left
                FROM ledger.accounts account
                JOIN ledger.postings posting ON posting.account_id = account.id
                JOIN ledger.transactions held ON held.sequence = posting.sequence AND held.position = posting.position
                WHERE account.kind = 4 GROUP BY account.owner),
            due AS (
                SELECT week, sum(available_micro) AS available, sum(frozen_micro) AS frozen
                FROM weeks.statements GROUP BY week)
            SELECT format('week %s: run says %s of %s paid; journal: %s reserved in %s, %s paid, %s back in %s, %s left',
                run.week, run.paid_micro, run.reserved_micro, moved.reserved, moved.reserves, moved.paid, moved.back,
                moved.returns, moved.left)
            FROM weeks.runs run LEFT JOIN moved USING (week) LEFT JOIN due USING (week)
            WHERE run.settled_at IS NOT NULL AND run.reserved_micro > 0 AND (
                moved.reserved IS DISTINCT FROM run.reserved_micro OR moved.paid IS DISTINCT FROM run.paid_micro
                OR moved.paid + moved.back IS DISTINCT FROM moved.reserved OR moved.reserves <> 1 OR moved.returns > 1
                OR moved.left <> 0 OR due.available + due.frozen IS DISTINCT FROM moved.paid)
            UNION ALL
            SELECT format('week %s is sealed and not settled', week) FROM weeks.runs WHERE settled_at IS NULL
            UNION ALL
            SELECT format('week %s: account of %s has %s, its open grants sum to %s', 0, account.owner, account.balance_micro, sum(amount_micro))
            FROM ledger.accounts account
            LEFT JOIN (
                SELECT participant, amount_micro FROM weeks.grants WHERE decided_on IS NULL
                UNION ALL
                SELECT participant, amount_micro FROM spending.fund_grants WHERE decided_on IS NULL) AS granted ON participant = account.owner
            WHERE account.kind = 7
            GROUP BY account.id HAVING account.balance_micro IS DISTINCT FROM coalesce(sum(amount_micro), 0)::bigint
            """),
        await database.Count("SELECT count(*) FROM weeks.runs WHERE settled_at IS NOT NULL"));

    /// <summary>I5 and I15: each day once, in order, by the schedule.</summary>
    public static async Task<CheckResult> EmissionIsTheSchedule(NpgsqlDataSource database, DateTimeOffset now)
    {
        var genesis = (await database.Read("SELECT at FROM economy.genesis", row => row.GetFieldValue<DateTimeOffset>(0)))[0];
        var schedule = new EmissionSchedule(genesis);
        var emitted = await database.Read(
            """
            SELECT held.reference, -sum(posting.amount_micro)::bigint
            FROM ledger.transactions held JOIN ledger.postings posting USING (sequence, position)
            JOIN ledger.accounts account ON account.id = posting.account_id
            WHERE held.kind = 1 AND account.kind = 1
            GROUP BY held.sequence, held.position, held.reference ORDER BY held.sequence, held.position
            """,
            row => (Day: row.GetString(0), Micro: row.GetInt64(1)));
        var expected = new List<(string Day, long Micro)>();
        for (var day = schedule.Genesis; day <= DateOnly.FromDateTime(now.UtcDateTime); day = day.AddDays(1))
        {
            expected.Add((day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), schedule.OfDay(day).Micro));
        }

        var problems = expected.SequenceEqual(emitted)
            ? new List<string>()
            :
            [
                .. expected.Except(emitted).Select(day => $"{day.Day} is not emitted, or not as {day.Micro}"),
                .. emitted.Except(expected).Select(day => $"{day.Day} is emitted as {day.Micro}"),
                .. emitted.GroupBy(day => day.Day).Where(days => days.Count() > 1).Select(days => $"{days.Key} is emitted {days.Count()} times"),
            ];
        return new("every day since genesis is emitted once, in order, by the schedule", problems, expected.Count);
    }

    private static string Name(short outcome) => outcome switch
    {
        1 => "counted",
        2 => "over_limit",
        4 => "late",
        5 => "ignored",
        6 => "applied",
        _ => string.Create(CultureInfo.InvariantCulture, $"outcome {outcome}"),
    };
}
