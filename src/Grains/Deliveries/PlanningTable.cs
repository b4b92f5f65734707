using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Storage.Sql;

namespace Stk.Grains.Deliveries;

/// <summary>Makes deliveries of notices that have none yet, some at a time, each once.</summary>
internal sealed class PlanningTable(NpgsqlDataSource database)
{
    private const string ReadSql = """
        SELECT id, participant, kind, at, "values"::text FROM notices.notices
        WHERE NOT is_planned ORDER BY at, id LIMIT $1 FOR UPDATE SKIP LOCKED
        """;

    private const string AddressesSql = """
        SELECT participant, channel FROM notices.addresses
        WHERE participant = ANY($1) AND confirmed_at IS NOT NULL AND NOT is_off
        """;

    private const string InsertSql = """
        INSERT INTO notices.deliveries (notice, channel, participant, language, rank, place, due, is_digest)
        SELECT * FROM unnest(
            $1::uuid[], $2::smallint[], $3::bigint[], $4::text[], $5::smallint[], $6::integer[], $7::timestamptz[],
            $8::boolean[])
        ON CONFLICT (notice, channel) DO NOTHING
        """;

    private const string PlannedSql = "UPDATE notices.notices SET is_planned = true WHERE id = ANY($1)";

    /// <summary>Plans some, in one transaction.</summary>
    /// <returns>How many notices there were.</returns>
    public async Task<int> Plan(IDeliveryPlan plan, int max, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var read = await Read(connection, max, cancellation);
        if (read.IsEmpty)
        {
            return 0;
        }

        var reachable = read.Where(notice => !notice.Channels.IsEmpty).ToImmutableArray();
        var planned = reachable.IsEmpty ? [] : await plan.Plan(reachable, cancellation);
        await using var batch = new NpgsqlBatch(connection);
        if (!planned.IsEmpty)
        {
            batch.BatchCommands.Add(Insert(planned));
        }

        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(PlannedSql).With(read.Select(notice => notice.Id).ToArray()));
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return read.Length;
    }

    /// <summary>The command that makes deliveries; one that is there stays as it is.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<PlannedDelivery> planned) => new NpgsqlBatchCommand(InsertSql)
        .With(planned.Column(delivery => delivery.Notice.Id))
        .With(planned.Column(delivery => (short)delivery.Channel))
        .With(planned.Column(delivery => delivery.Notice.Participant))
        .With(planned.Column(delivery => delivery.Language))
        .With(planned.Column(delivery => (short)delivery.Rank))
        .With(planned.Column(Place))
        .With(planned.Column(delivery => delivery.Due.UtcDateTime))
        .With(planned.Column(delivery => delivery.IsDigest));

    private static int Place(PlannedDelivery delivery) => delivery.Rank == DeliveryRank.Weekly
        ? WeeklySpread.Place(DateOnly.FromDateTime(delivery.Notice.At.UtcDateTime), delivery.Notice.Participant)
        : 0;

    private static async Task<ImmutableArray<UnplannedNotice>> Read(
        NpgsqlConnection connection, int max, CancellationToken cancellation)
    {
        var notices = new List<(Guid Id, long Participant, string Kind, DateTimeOffset At, string Values)>();
        await using (var command = new NpgsqlCommand(ReadSql, connection).With(max))
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                notices.Add((row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.Instant(3), row.GetString(4)));
            }
        }

        if (notices.Count == 0)
        {
            return [];
        }

        var channels = new List<(long Participant, NoticeChannel Channel)>();
        await using (var command = new NpgsqlCommand(AddressesSql, connection)
            .With(notices.Select(notice => notice.Participant).Distinct().ToArray()))
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                channels.Add((row.GetInt64(0), (NoticeChannel)row.GetInt16(1)));
            }
        }

        var byParticipant = channels.ToLookup(address => address.Participant, address => address.Channel);
        return
        [
            .. notices.Select(notice => new UnplannedNotice(
                notice.Id, notice.Participant, notice.Kind, notice.At, notice.Values,
                // It goes to the address that it is about, and was made with it.
                notice.Kind == NoticeKinds.AddressConfirm ? [] : [.. byParticipant[notice.Participant].Order()])),
        ];
    }
}
