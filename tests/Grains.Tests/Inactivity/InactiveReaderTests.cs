using Npgsql;
using Stk.Grains.Inactivity;
using Stk.Grains.Tests.Verification;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Grains.Tests.Inactivity;

/// <summary>The SQL that finds since when somebody has not been active, on rows that were put there by hand.</summary>
[Collection(SettledWeeksCollection.Name)]
public sealed class InactiveReaderTests(SettledWeeks server)
{
    private static readonly QuarterId Winter = QuarterId.Of(new(2026, 1, 1));

    // Sealed by the fixture; of a later week nothing is known.
    private static readonly WeekId Sealed = WeekId.OfNumber(202550);

    [Fact]
    public async Task The_last_counted_day_of_a_sealed_week_decides_and_with_none_the_day_of_registration()
    {
        var database = await server.Copy();
        await SettledWeeks.Run(database, """
            INSERT INTO activity.participants (id, shard, registered_at) VALUES
                ('d89', 0, '2025-01-01Z'), ('d90', 1, '2025-01-01Z'), ('d179', 7, '2025-01-01Z'), ('d180', 8, '2025-01-01Z'),
                ('d364', 9, '2025-01-01Z'), ('d365', 63, '2024-01-01Z'), ('counted-zero', 2, '2025-01-01Z'),
                ('later', 2, '2025-01-01Z'), ('unsealed', 2, '2025-01-01Z'), ('poor', 2, '2025-01-01Z'),
                ('r90', 5, '2025-10-03T23:59:59.999999Z'), ('r89', 5, '2025-10-04Z'), ('r90-moscow', 5, '2025-10-04T02:59:59+03');
            INSERT INTO weeks.seals (week, shard, participant, type, day, vests_days, received, counted, level, streak_before)
            SELECT week, shard, number, 'ClubPostCreated', day::date, 0, 1, counted, 1, 0
            FROM (VALUES
                ('d89', 202549, '2025-10-04', 1), ('d90', 202549, '2025-10-03', 1), ('d90', 202550, '2025-09-01', 1),
                ('d179', 202549, '2025-07-06', 1), ('d180', 202549, '2025-07-05', 1), ('d364', 202549, '2025-01-02', 1),
                ('d365', 202549, '2025-01-01', 1), ('counted-zero', 202549, '2025-07-05', 1),
                ('counted-zero', 202550, '2025-12-10', 0), ('later', 202549, '2025-07-05', 1), ('later', 202550, '2025-12-10', 1),
                ('unsealed', 202549, '2025-07-05', 1), ('unsealed', 202551, '2025-12-16', 1), ('poor', 202549, '2025-07-05', 1))
                AS said (id, week, day, counted) JOIN activity.participants USING (id);
            INSERT INTO ledger.accounts (id, kind, owner, balance_micro, sequence)
            SELECT 1000 + number, 6, number, CASE id WHEN 'poor' THEN 0 ELSE 1234567891 END, 3
            FROM activity.participants WHERE number > 2
            """);

        Assert.Equal(
            [
                "counted-zero 2025-07-05 180 1000 123.456789", "d179 2025-07-06 179 500 61.728394",
                "d180 2025-07-05 180 1000 123.456789", "d364 2025-01-02 364 1000 123.456789",
                "d365 2025-01-01 365 1500 185.185183", "d90 2025-10-03 90 500 61.728394", "r90 2025-10-03 90 500 61.728394",
                "r90-moscow 2025-10-03 90 500 61.728394", "unsealed 2025-07-05 180 1000 123.456789",
            ],
            await Read(database));
    }

    [Fact]
    public async Task Leaves_and_exclusions_that_ended_later_count_as_activity_and_words_said_last_count()
    {
        var database = await server.Copy();
        await SettledWeeks.Run(database, """
            INSERT INTO activity.participants (id, shard, registered_at)
            SELECT id, 2, '2025-07-05Z' FROM unnest(ARRAY[
                'away', 'back', 'back-late', 'corrected', 'excluded', 'was-excluded', 'never-excluded', 'unknown']) AS id;
            INSERT INTO ledger.accounts (id, kind, owner, balance_micro, sequence)
            SELECT 1000 + number, 6, number, 100000000, 3 FROM activity.participants WHERE number > 2;
            INSERT INTO inactivity.leaves (number, participant, first_day, last_day, at, by, reason)
            SELECT said.number, participant.number, first_day::date, last_day::date, now(), 'olga', 'x'
            FROM (VALUES
                (1, 'away', '2025-12-20', NULL), (2, 'back', '2025-09-01', '2025-10-03'), (3, 'back-late', '2025-09-01', '2025-10-04'),
                (4, 'corrected', '2025-09-01', '2026-02-01'), (5, 'corrected', '2025-09-01', '2025-09-30'),
                (6, 'unknown', '2025-12-01', '2026-02-01'))
                AS said (number, id, first_day, last_day) JOIN activity.participants participant USING (id);
            INSERT INTO activity.profile_changes (uuid, participant, at, excluded, reason, by)
            SELECT gen_random_uuid(), number, at::timestamptz, excluded, 'x', 'olga'
            FROM (VALUES
                ('excluded', '2025-08-01Z', true), ('was-excluded', '2025-08-01Z', true),
                ('was-excluded', '2025-10-03T23:59:59Z', false), ('never-excluded', '2025-11-01Z', false))
                AS said (id, at, excluded) JOIN activity.participants USING (id)
            """);

        Assert.Equal(
            [
                "away 2025-07-05 180 1000 10 on_leave", "back 2025-10-03 90 500 5 not_warned",
                "corrected 2025-09-30 93 500 5 not_warned", "excluded 2025-07-05 180 1000 10 excluded",
                "never-excluded 2025-07-05 180 1000 10 not_warned", "unknown 2025-07-05 180 1000 10 not_warned",
                "was-excluded 2025-10-03 90 500 5 not_warned",
            ],
            await Read(database, leavesTo: 5, withOutcome: true));
    }

    private static async Task<string[]> Read(string database, int leavesTo = 0, bool withOutcome = false)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var connection = await source.OpenConnectionAsync();
        var borders = new Borders(Winter, InactivityRules.Default, Sealed, leavesTo, SuspensionsTo: 0);
        var weeks = await InactiveReader.ReadWeeks(connection, Sealed, CancellationToken.None);
        var people = new List<AssessedPerson>();
        foreach (var first in AssessmentTable.FirstShards)
        {
            people.AddRange(await InactiveReader.Read(
                connection, borders, weeks, first, first + AssessmentTable.ShardsAPart - 1, isLocking: false,
                CancellationToken.None));
        }

        foreach (var person in people)
        {
            // One alone is seen as all together are.
            var alone = await InactiveReader.ReadOne(
                connection, borders, weeks, person.Person.Number, CancellationToken.None);
            Assert.Equal(
                (person.LastActive, person.Assessment, person.Standing),
                (alone!.LastActive, alone.Assessment, alone.Standing));
        }

        var ids = new Dictionary<long, string>();
        await using (var command = new NpgsqlCommand("SELECT number, id FROM activity.participants", connection))
        await using (var row = await command.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                ids.Add(row.GetInt64(0), row.GetString(1));
            }
        }

        return
        [
            .. people.Where(person => person.IsAffected && person.Person.Number > 2)
                .Select(person => FormattableString.Invariant(
                    $"{ids[person.Person.Number]} {person.LastActive:yyyy-MM-dd} {person.Assessment.Days} {person.Assessment.RateBp} {person.Assessment.Amount}")
                    + (withOutcome ? $" {person.Standing.Outcome.WireName()}" : ""))
                .Order(StringComparer.Ordinal),
        ];
    }
}
