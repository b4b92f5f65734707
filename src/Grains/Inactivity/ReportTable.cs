using System.Collections.Immutable;
using Npgsql;
using Stk.Reports.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Participants;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>What operators read of a quarter: what was decided, what would be, and what was given back.</summary>
internal sealed class ReportTable(NpgsqlDataSource database)
{
    private const string LinesSql = """
        SELECT coalesce(participant.id, 'erased-' || line.participant) COLLATE "C" AS id, line.last_active,
            line.inactive_days, line.rate_bp, line.base_micro, line.amount_micro, line.outcome
        FROM (
            SELECT DISTINCT ON (participant) * FROM inactivity.lines WHERE quarter = $1
            ORDER BY participant, attempt DESC) AS line
        LEFT JOIN activity.participants participant ON participant.number = line.participant
        WHERE line.base_micro::numeric * line.rate_bp >= 10000
        ORDER BY id
        """;

    private const string IdsSql = "SELECT number, id FROM activity.participants WHERE number = ANY($1)";

    private const string RestorationsSql = """
        SELECT credit.week, coalesce(participant.id, 'erased-' || credit.participant) COLLATE "C" AS id, credit.amount_micro
        FROM inactivity.credits credit
        LEFT JOIN activity.participants participant ON participant.number = credit.participant
        WHERE credit.quarter = $1 AND credit.cause = 2
        ORDER BY credit.week, id
        """;

    /// <summary>What the run has decided, by id and code point.</summary>
    public async Task<ImmutableArray<RedistributionRow>> Read(QuarterId quarter, CancellationToken cancellation)
    {
        var rows = ImmutableArray.CreateBuilder<RedistributionRow>();
        await using var command = database.CreateCommand(LinesSql).With(quarter.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(new(
                row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt32(2), row.GetInt32(3),
                new(row.GetInt64(4)), new(row.GetInt64(5)), (InactivityOutcome)row.GetInt16(6)));
        }

        return rows.ToImmutable();
    }

    /// <summary>What a run would decide now, by id and code point. Nothing is written.</summary>
    public async Task<ImmutableArray<RedistributionRow>> Preview(Borders borders, CancellationToken cancellation)
    {
        var people = new List<AssessedPerson>();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var known = await LineTable.ReadKnown(connection, borders, cancellation);
        var weeks = await InactiveReader.ReadWeeks(connection, borders.SealedTo, cancellation);
        var affected = await InactiveReader.Read(
            connection, known, weeks, 0, ParticipantId.Shards - 1, isLocking: false, cancellation);
        people.AddRange(affected.Where(person => person.IsAffected));
        var ids = new Dictionary<long, string>(people.Count);
        await using var command = new NpgsqlCommand(IdsSql, connection).With(people.Column(person => person.Person.Number));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            ids.Add(row.GetInt64(0), row.GetString(1));
        }

        return
        [
            .. people.Select(person => new RedistributionRow(
                    ids[person.Person.Number], person.LastActive, person.Assessment.Days, person.Assessment.RateBp,
                    person.Assessment.Base, person.Taken, person.Standing.Outcome))
                .OrderBy(line => line.ParticipantId, CodePointComparer.Instance),
        ];
    }

    /// <summary>What was given back to those who returned, by week, then by id and code point.</summary>
    public async Task<ImmutableArray<(WeekId Week, string ParticipantId, Amount Amount)>> ReadRestorations(
        QuarterId quarter, CancellationToken cancellation)
    {
        var rows = ImmutableArray.CreateBuilder<(WeekId, string, Amount)>();
        await using var command = database.CreateCommand(RestorationsSql).With(quarter.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rows.Add((WeekId.OfNumber(row.GetInt32(0)), row.GetString(1), new(row.GetInt64(2))));
        }

        return rows.ToImmutable();
    }
}
