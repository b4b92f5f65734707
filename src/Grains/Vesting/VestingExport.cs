using System.Text.Json;
using Npgsql;
using Stk.GrainInterfaces.Vesting;
using Stk.Grains.RuleBooks;
using Stk.Reports.Vesting;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>The CSV of decisions: by day, id (code points), week, the rule book's order, days.</summary>
internal sealed class VestingExport(NpgsqlDataSource database, RuleBookTable ruleBooks)
{
    private const int RowsMax = 5_000;

    private const string ReadSql = """
        SELECT decided_on, id, week, type, vests_days, released_micro, cancelled_micro, place, transaction_id
        FROM (
            SELECT decision.decided_on, coalesce(owner.id, 'erased-' || decision.participant) COLLATE "C" AS id,
                coalesce(decision.week, 0) AS week, decision.type, coalesce(rule.place, -1) AS place,
                decision.vests_days::integer AS vests_days, decision.released_micro, decision.cancelled_micro,
                decision.transaction_id
            FROM vesting.decisions decision
            LEFT JOIN activity.participants owner ON owner.number = decision.participant
            LEFT JOIN weeks.runs run ON run.week = decision.week
            LEFT JOIN unnest($3::integer[], $4::text[], $5::integer[]) AS rule (version, type, place)
                ON rule.version = run.rules_version AND rule.type = decision.type
            WHERE decision.decided_on BETWEEN $1 AND $2) AS line
        WHERE (decided_on, id, week, place, vests_days, transaction_id) > ($6, $7 COLLATE "C", $8, $9, $10, $11)
        ORDER BY decided_on, id, week, place, vests_days, transaction_id LIMIT $12
        """;

    public async Task<VestingExportPage> Read(
        DateOnly from, DateOnly to, string? cursor, CancellationToken cancellation)
    {
        var after = cursor is null
            ? new Place(from, "", 0, -2, 0, Guid.Empty)
            : JsonSerializer.Deserialize<Place>(cursor) ?? throw new ArgumentException("null is no cursor", nameof(cursor));
        var (rows, last) = await ReadRows(after, to, cancellation);
        using var csv = new MemoryStream();
        if (cursor is null)
        {
            await VestingCsv.WriteHeader(csv, cancellation);
        }

        await VestingCsv.WriteRows(csv, rows, cancellation);
        return new(csv.ToArray(), rows.Count == RowsMax ? JsonSerializer.Serialize(last) : null);
    }

    private async Task<(List<VestingRow> Rows, Place Last)> ReadRows(
        Place after, DateOnly to, CancellationToken cancellation)
    {
        var places = (await ruleBooks.Read(cancellation))
            .Select(version => (version.Version, Book: RuleBookJson.ReadStored(version.Document)))
            .SelectMany(one => one.Book.Activities.Select((rule, place) => (one.Version, rule.Type, Place: place))).ToList();
        await using var command = database.CreateCommand(ReadSql)
            .With(after.Day).With(to)
            .With(places.Column(one => one.Version)).With(places.Column(one => one.Type))
            .With(places.Column(one => one.Place))
            .With(after.Day).With(after.Id).With(after.Week).With(after.Rule).With(after.Days).With(after.Transaction)
            .With(RowsMax);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<VestingRow>();
        while (await row.ReadAsync(cancellation))
        {
            var week = row.GetInt32(2);
            rows.Add(new(
                row.GetFieldValue<DateOnly>(0), row.GetString(1), week == 0 ? null : WeekId.OfNumber(week),
                row.TextOrNull(3), row.GetInt32(4), new(row.GetInt64(5)), new(row.GetInt64(6))));
            after = new(
                row.GetFieldValue<DateOnly>(0), row.GetString(1), week, row.GetInt32(7), row.GetInt32(4), row.GetGuid(8));
        }

        return (rows, after);
    }

    /// <summary>Where a row stands in the export.</summary>
    /// <param name="Rule">Its type's place in the rule book; -1 where it has none.</param>
    private sealed record Place(DateOnly Day, string Id, int Week, int Rule, int Days, Guid Transaction);
}
