using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Money;
using Stk.Settlement.Refusals;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>Table <c>settlement.payouts</c>, as the one who settles reads and writes it.</summary>
internal sealed class BatchTable(NpgsqlDataSource database)
{
    // Nothing of the suspended leaves: what they had asked for before waits until that is lifted.
    private const string WaitingSql = """
        SELECT payout.id, payout.address, payout.amount_micro, payout.refused_by IS NOT NULL
        FROM settlement.payouts payout
        WHERE payout.state = 1 AND coalesce(payout.again_at <= $2, true) AND NOT coalesce((
            SELECT change.is_suspended FROM suspensions.changes change
            WHERE change.participant = payout.participant ORDER BY change.number DESC LIMIT 1), false)
        ORDER BY payout.number LIMIT $1
        """;

    private const string WaitingSumSql = """
        SELECT coalesce(sum(amount_micro), 0)::bigint FROM settlement.payouts
        WHERE state = 1 AND coalesce(again_at <= $1, true)
        """;

    private const string CappedSql = """
        SELECT EXISTS (SELECT FROM settlement.refusals WHERE rule = $1 AND last_at >= $2)
        """;

    // What was signed since then, and what an act has that is not signed yet.
    private const string LeavingSql = """
        SELECT coalesce(sum(amount_micro), 0)::bigint FROM settlement.payouts
        WHERE act IN (
            SELECT act FROM settlement.attempts WHERE signed_at >= $1
            UNION SELECT id FROM settlement.acts WHERE NOT is_closed)
        """;

    private const string OpenSql = """
        SELECT count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 2),
            coalesce((
                SELECT extract(epoch FROM $1 - min(changed_at))::float8 FROM settlement.acts
                WHERE state = 6 AND NOT is_closed), 0)
        FROM settlement.payouts WHERE state IN (1, 2)
        """;

    // Of what is still on its way nothing is known; a second batch that makes the same account pays only where it is absent.
    private const string PaidForSql = """
        SELECT address, count(*)::integer FROM settlement.payouts
        WHERE address = ANY ($1) AND makes_account AND state = 3 GROUP BY address
        """;

    private const string TakeSql = """
        WITH taken AS (
            UPDATE settlement.payouts payout SET state = 2, act = $1, makes_account = chosen.makes_account
            FROM unnest($2::uuid[], $3::boolean[]) AS chosen (id, makes_account)
            WHERE payout.id = chosen.id AND payout.state = 1 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM taken) = cardinality($2::uuid[]), 'payouts that wait')
        """;

    // By this act alone: what another one has taken since is left to it.
    private const string FreeSql = """
        UPDATE settlement.payouts SET state = 1, act = NULL, makes_account = false
        WHERE act = $1 AND state = 2 AND id = ANY ($2)
        """;

    private const string OfActSql = """
        SELECT payout.id, payout.participant, payout.amount_micro, person.id, link.proof::text
        FROM settlement.payouts payout
        LEFT JOIN activity.participants person ON person.number = payout.participant
        LEFT JOIN settlement.wallets link
            ON link.id = payout.wallet AND link.participant = payout.participant AND link.address = payout.address
                AND link.ended_at IS NULL
        WHERE payout.act = $1 ORDER BY payout.id
        """;

    /// <summary>What waits for a batch and is not set aside, the oldest first.</summary>
    public async Task<ImmutableArray<WaitingPayout>> ReadWaiting(
        int most, DateTimeOffset now, CancellationToken cancellation)
    {
        var waiting = ImmutableArray.CreateBuilder<WaitingPayout>();
        await using var command = database.CreateCommand(WaitingSql).With(most).With(now.UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            waiting.Add(new(row.GetGuid(0), row.GetString(1), (ulong)row.GetInt64(2), row.GetBoolean(3)));
        }

        return waiting.ToImmutable();
    }

    /// <summary>What all of it comes to, the suspended included. Unit: micro-STK.</summary>
    public async Task<long> ReadWaitingSum(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(WaitingSumSql).With(now.UtcDateTime);
        return (long)(await command.ExecuteScalarAsync(cancellation))!; // a sum of nothing is 0
    }

    /// <summary>Whether the signer has refused something by its cap of a day since then.</summary>
    public async Task<bool> IsCapped(DateTimeOffset since, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(CappedSql).With(Remedies.DailyCap).With(since.UtcDateTime);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>What of a day's cap is used. Unit: micro-STK.</summary>
    public async Task<long> ReadLeaving(DateTimeOffset since, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LeavingSql).With(since.UtcDateTime);
        return (long)(await command.ExecuteScalarAsync(cancellation))!; // a sum of nothing is 0
    }

    /// <summary>What has not ended.</summary>
    public async Task<OpenPayouts> ReadOpen(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(OpenSql).With(now.UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new(row.GetInt64(0), row.GetInt64(1), Math.Max(0, row.GetDouble(2)));
    }

    /// <summary>How often we have paid for making the token account of each of these wallets.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ReadPaidFor(
        IEnumerable<string> addresses, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await using var command = database.CreateCommand(PaidForSql).With(addresses.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            counts.Add(row.GetString(0), row.GetInt32(1));
        }

        return counts;
    }

    /// <summary>All payouts that an act has or had, by id.</summary>
    public async Task<ImmutableArray<BatchedPayout>> ReadOf(Guid act, CancellationToken cancellation)
    {
        var payouts = ImmutableArray.CreateBuilder<BatchedPayout>();
        await using var command = database.CreateCommand(OfActSql).With(act);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            payouts.Add(new(
                new(row.GetGuid(0), row.GetInt64(1), new Amount(row.GetInt64(2))), row.TextOrNull(3), row.TextOrNull(4)));
        }

        return payouts.ToImmutable();
    }

    /// <summary>The command that gives payouts to a new act. It fails where one of them does not wait any more.</summary>
    /// <param name="makesAccount">One a payout: whether the act makes the wallet's token account.</param>
    public static NpgsqlBatchCommand Take(Guid act, Guid[] payouts, bool[] makesAccount) =>
        new NpgsqlBatchCommand(TakeSql).With(act).With(payouts).With(makesAccount);

    /// <summary>The command that lets payouts of a failed act wait for another one. Harmless twice.</summary>
    public static NpgsqlBatchCommand Free(Guid act, Guid[] payouts) =>
        new NpgsqlBatchCommand(FreeSql).With(act).With(payouts);
}

/// <param name="Address">Base58.</param>
/// <param name="AmountMicro">Unit: micro-STK.</param>
/// <param name="GoesAlone">The signer has refused it once: it holds no other back.</param>
internal readonly record struct WaitingPayout(Guid Id, string Address, ulong AmountMicro, bool GoesAlone);

/// <summary>A payout of an act.</summary>
/// <param name="Participant">The id; null where its person is erased.</param>
/// <param name="Proof">The link's; null where that has ended.</param>
internal readonly record struct BatchedPayout(SettledPayout Payout, string? Participant, string? Proof);
