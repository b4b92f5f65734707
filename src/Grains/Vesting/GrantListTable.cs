using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Stk.Grains.Paging;
using Stk.Rules.Vesting;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>Grants as people look at them, open and decided, of both tables. Reads only.</summary>
internal sealed class GrantListTable(NpgsqlDataSource database)
{
    // First as GrantTable.Read reads them.
    private const string Weekly = """
        SELECT granted.participant, granted.shard, granted.vests_days, granted.amount_micro, granted.unlocks_on,
            granted.week, granted.type, NULL::uuid AS spent, NULL::smallint AS fund, granted.transaction_id,
            granted.position::integer AS position, granted.decided_on
        FROM weeks.grants granted
        """;

    private const string Spent = """
        SELECT granted.participant, granted.shard, granted.vests_days, granted.amount_micro, granted.unlocks_on,
            NULL::integer, NULL::text, granted.transaction_id, spend.fund, granted.transaction_id, NULL::integer,
            granted.decided_on
        FROM spending.fund_grants granted JOIN spending.fund_spends spend USING (transaction_id)
        """;

    private const string Shown = """
        SELECT granted.participant, granted.shard, granted.vests_days, granted.amount_micro, granted.unlocks_on,
            granted.week, granted.type, granted.spent, granted.fund, granted.transaction_id, granted.position,
            coalesce(owner.id, 'erased-' || granted.participant), decision.released_micro, decision.cancelled_micro,
            decision.decided_on, decision.decided_at
        """;

    private const string Joins = """
        LEFT JOIN activity.participants owner ON owner.number = granted.participant
        LEFT JOIN vesting.decisions decision ON decision.transaction_id = (
            SELECT one.transaction_id FROM vesting.decisions one
            WHERE one.participant = granted.participant AND one.week = granted.week AND one.type = granted.type
                AND one.vests_days = granted.vests_days
            UNION ALL
            SELECT one.transaction_id FROM vesting.decisions one WHERE one.granted = granted.spent)
        """;

    private const string OfOneSql = $"""
        {Shown} FROM (
            {Weekly} WHERE granted.participant = $1 UNION ALL {Spent} WHERE granted.participant = $1) AS granted
        {Joins}
        WHERE (granted.unlocks_on, granted.transaction_id, coalesce(granted.position, 0)) < ($2, $3, $4)
        ORDER BY granted.unlocks_on DESC, granted.transaction_id DESC, granted.position DESC LIMIT $5
        """;

    private const string FindSql = $"""
        {Shown} FROM (
            {Weekly} WHERE granted.transaction_id = $1 AND granted.position = $2
            UNION ALL {Spent} WHERE granted.transaction_id = $1 AND $2 IS NULL) AS granted
        {Joins}
        """;

    // A probe of the open ones' index a shard: of a million that are frozen no more is read than is shown.
    private const string OpenSql = $"""
        {Shown} FROM generate_series(0, 63) AS every (shard) CROSS JOIN LATERAL (
            ({Weekly} WHERE granted.shard = every.shard AND granted.decided_on IS NULL
                AND granted.unlocks_on BETWEEN $1 AND $2
                AND (granted.unlocks_on, granted.transaction_id, granted.position) > ($3, $4, $5)
            ORDER BY granted.unlocks_on, granted.transaction_id, granted.position LIMIT $6)
            UNION ALL
            ({Spent} WHERE granted.shard = every.shard AND granted.decided_on IS NULL
                AND granted.unlocks_on BETWEEN $1 AND $2
                AND (granted.unlocks_on, granted.transaction_id, 0) > ($3, $4, $5)
            ORDER BY granted.unlocks_on, granted.transaction_id LIMIT $6)) AS granted
        {Joins}
        ORDER BY granted.unlocks_on, granted.transaction_id, granted.position LIMIT $6
        """;

    private const string DecidedSql = $"""
        {Shown} FROM (
            SELECT * FROM vesting.decisions
            WHERE (released_micro > 0) = $1 AND (decided_on, transaction_id) < ($2, $3)
            ORDER BY decided_on DESC, transaction_id DESC LIMIT $4) AS decision
        JOIN LATERAL (
            {Weekly} WHERE granted.participant = decision.participant AND granted.week = decision.week
                AND granted.type = decision.type AND granted.vests_days = decision.vests_days
            UNION ALL {Spent} WHERE granted.transaction_id = decision.granted) AS granted ON true
        LEFT JOIN activity.participants owner ON owner.number = granted.participant
        ORDER BY decision.decided_on DESC, decision.transaction_id DESC
        """;

    /// <summary>One participant's, those that unlock last first.</summary>
    public Task<ImmutableArray<ListedGrant>> ReadOf(
        long participant, PlaceInTime before, int limit, CancellationToken cancellation) => Read(
        database.CreateCommand(OfOneSql)
            .With(participant).With(DateOnly.FromDateTime(before.At.UtcDateTime)).With(before.Id).With((int)before.Place)
            .With(limit),
        cancellation);

    /// <summary>Null where there is none.</summary>
    public async Task<ListedGrant?> Find(GrantId id, CancellationToken cancellation) =>
        await Read(
            database.CreateCommand(FindSql).With(id.Transaction)
                .WithNullable(id.Position, NpgsqlTypes.NpgsqlDbType.Integer),
            cancellation) is [var one] ? one : null;

    /// <summary>Open ones, those that unlock first first.</summary>
    public Task<ImmutableArray<ListedGrant>> ReadOpen(
        GrantState state, DateOnly today, PlaceInTime after, int limit, CancellationToken cancellation)
    {
        var (from, to) = state switch
        {
            GrantState.Frozen => (today.AddDays(1), DateOnly.MaxValue.AddYears(-1)),
            GrantState.Waiting => (DateOnly.MinValue.AddYears(1), today),
            _ => throw new UnreachableException(),
        };
        return Read(
            database.CreateCommand(OpenSql)
                .With(from).With(to).With(DateOnly.FromDateTime(after.At.UtcDateTime)).With(after.Id)
                .With((int)after.Place).With(limit),
            cancellation);
    }

    /// <summary>Decided ones, newest first.</summary>
    public Task<ImmutableArray<ListedGrant>> ReadDecided(
        GrantState state, PlaceInTime before, int limit, CancellationToken cancellation) => Read(
        database.CreateCommand(DecidedSql)
            .With(state == GrantState.Released).With(DateOnly.FromDateTime(before.At.UtcDateTime)).With(before.Id)
            .With(limit),
        cancellation);

    [SuppressMessage("Reliability", "CA2000", Justification = "It is disposed of here.")]
    private static async Task<ImmutableArray<ListedGrant>> Read(NpgsqlCommand command, CancellationToken cancellation)
    {
        var grants = ImmutableArray.CreateBuilder<ListedGrant>();
        await using (command)
        {
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
            {
                grants.Add(new(
                    new(row.GetGuid(9), row.IntOrNull(10)), row.GetString(11), GrantTable.Read(row),
                    row.IsDBNull(12) ? null : new(
                        new(row.GetInt64(12)), new(row.GetInt64(13)), row.GetFieldValue<DateOnly>(14), row.Instant(15))));
            }
        }

        return grants.ToImmutable();
    }
}
