using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;
using Stk.Rules.RuleBooks;
using Stk.Storage.Sql;

namespace Stk.Grains.Activity;

/// <summary>The events of one participant, each with what it gives as things stand. Reads only.</summary>
internal sealed class OwnEvents(NpgsqlDataSource database)
{
    // As the seal counts: the first of a type and day by (at, source, uuid) take its places. Where a type's events are all
    // alike the seal counts numbers alone, which come to the same. Those of whoever belongs to the participant are the
    // participant's. All of the week is counted for each page: one participant's week is a few hundred rows.
    private const string ReadSql = """
        WITH rule AS (
            SELECT * FROM unnest($3::text[], $4::integer[], $5::bigint[]) AS rule (type, day_limit, weight)),
        own AS (
            SELECT $1::bigint AS number
            UNION SELECT identity FROM activity.survivors($2) WHERE survivor = $1),
        live AS (
            SELECT event.source_id, event.uuid,
                row_number() OVER (
                    PARTITION BY event.type, event.day ORDER BY event.at, source.name, event.uuid) AS place
            FROM own
            JOIN activity.participants participant ON participant.number = own.number
            JOIN activity.live_events event
                ON event.week = $2 AND event.shard = participant.shard AND event.participant = own.number
            JOIN activity.sources source ON source.id = event.source_id
            JOIN rule ON rule.type = event.type)
        SELECT source.name, event.uuid, event.type, event.at, event.outcome, live.place::integer, rule.day_limit,
            rule.weight,
            EXISTS (
                SELECT FROM activity.events retraction
                WHERE retraction.retracts = event.uuid AND retraction.source_id = event.source_id
                    AND retraction.participant = event.participant AND retraction.type = event.type || 'Retracted'
                    AND retraction.outcome <> 4),
            event.source_id
        FROM own
        JOIN activity.participants participant ON participant.number = own.number
        JOIN activity.events event
            ON event.week = $2 AND event.shard = participant.shard AND event.participant = own.number
        JOIN activity.sources source ON source.id = event.source_id
        LEFT JOIN live ON live.source_id = event.source_id AND live.uuid = event.uuid
        LEFT JOIN rule ON rule.type = event.type
        WHERE ($6::text IS NULL OR event.type = $6)
            AND ($7::timestamptz IS NULL OR (event.at, event.uuid, event.source_id) < ($7, $8, $9))
        ORDER BY event.at DESC, event.uuid DESC, event.source_id DESC LIMIT $10
        """;

    private const short Late = 4;
    private const short Applied = 6;

    /// <param name="id">Whose cursors they are.</param>
    /// <param name="number">Null where nobody has the id: there is nothing.</param>
    /// <param name="book">Of the week.</param>
    /// <param name="isExcluded">Whether the week gives this participant nothing.</param>
    public async Task<ActivityPage> Read(
        string id, long? number, ActivityRequest request, RuleBook book, bool isExcluded, CancellationToken cancellation)
    {
        var cursors = new Cursors($"activity {request.Week}", id);
        PlaceInTime? after = null;
        if (request.Cursor is { } cursor)
        {
            if (!cursors.TryReadPlace(cursor, out var place))
            {
                return new([], null, IsCursorValid: false);
            }

            after = place;
        }

        if (number is not { } participant)
        {
            return new([], null);
        }

        var rows = await Read(participant, request, book, after, cancellation);
        var shown = rows.Take(request.Limit).ToImmutableArray();
        return new(
            [.. shown.Select(row => row.Show(isExcluded))],
            rows.Count > request.Limit ? cursors.WritePlace(shown[^1].Place) : null);
    }

    private async Task<List<Row>> Read(
        long participant, ActivityRequest request, RuleBook book, PlaceInTime? after, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql)
            .With(participant).With(request.Week.Number)
            .With(book.Activities.Column(rule => rule.Type)).With(book.Activities.Column(rule => rule.DayLimit))
            .With(book.Activities.Column(rule => (long)rule.Weight))
            .WithNullable(request.Type, NpgsqlDbType.Text)
            .WithNullable(after?.At.UtcDateTime, NpgsqlDbType.TimestampTz)
            .WithNullable(after?.Id, NpgsqlDbType.Uuid)
            .WithNullable((int?)after?.Place, NpgsqlDbType.Integer)
            .With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<Row>();
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(new(
                row.GetString(0), row.GetGuid(1), row.GetString(2), row.Instant(3), row.GetInt16(4), row.IntOrNull(5),
                row.IntOrNull(6) ?? 0, row.LongOrNull(7) ?? 0, row.GetBoolean(8), row.GetInt32(9)));
        }

        return rows;
    }

    /// <param name="LivePlace">Null where it does not stand, or has no weight.</param>
    /// <param name="Limit">0 where its type has no weight.</param>
    private sealed record Row(
        string Source, Guid Uuid, string Type, DateTimeOffset At, short Outcome, int? LivePlace, int Limit, long Weight,
        bool IsRetracted, int SourceId)
    {
        public PlaceInTime Place => new(At, Uuid, (short)SourceId);

        public OwnEvent Show(bool isExcluded)
        {
            var isCounted = !isExcluded && LivePlace <= Limit;
            var outcome = Outcome == Late ? "late"
                : Outcome == Applied ? "applied"
                : Limit == 0 || isExcluded ? "ignored"
                : isCounted ? "counted"
                : LivePlace is not null ? "over_limit"
                : IsRetracted ? "retracted"
                : "voided";
            return new(Source, Uuid, Type, At, outcome, isCounted ? Weight : 0, LivePlace ?? 0, Limit);
        }
    }
}
