using System.Globalization;
using Npgsql;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.Grains.Paging;
using Stk.Rules.Payouts;
using Stk.Rules.Weeks;
using Stk.Settlement.Acts;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>Tables <c>settlement.payouts</c> and <c>state</c>, as people and their requests read them.</summary>
internal sealed class PayoutTable(NpgsqlDataSource database)
{
    private const string Columns = """
        payout.id, payout.number, payout.week, payout.amount_micro, payout.address, payout.state, payout.at, payout.ended_at,
        payout.reason, act.state, act.landed_slot,
        coalesce(act.landed_signature, (
            SELECT signature FROM settlement.attempts attempt
            WHERE attempt.act = act.id AND attempt.sent_at IS NOT NULL ORDER BY attempt.number DESC LIMIT 1)),
        (SELECT held_by FROM settlement.state), payout.refused_by,
        EXISTS (SELECT FROM settlement.refusals WHERE refusals.act = payout.act)
        """;

    private const string ListSql = $"""
        SELECT {Columns} FROM settlement.payouts payout LEFT JOIN settlement.acts act ON act.id = payout.act
        WHERE payout.participant = $1 AND payout.number < $2 ORDER BY payout.number DESC LIMIT $3
        """;

    private const string FindSql = $"""
        SELECT {Columns}, (
            SELECT sequence FROM ledger.transactions WHERE transactions.id = coalesce(payout.ended_by, payout.id))
        FROM settlement.payouts payout LEFT JOIN settlement.acts act ON act.id = payout.act
        WHERE payout.participant = $1 AND payout.id = $2
        """;

    private const string PausedSql = "SELECT paused_because IS NOT NULL FROM settlement.state";

    private const string TakenSql = "SELECT state <> 1 FROM settlement.payouts WHERE id = $1";

    private const int SequenceColumn = 15;

    /// <summary>Newest first.</summary>
    public async Task<PayoutPage> Read(long participant, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("payouts", string.Create(CultureInfo.InvariantCulture, $"{participant}"));
        var before = long.MaxValue;
        if (request.Cursor is { } cursor && !cursors.TryReadNumber(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        await using var command = database.CreateCommand(ListSql).With(participant).With(before).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var payouts = new List<(PayoutView Payout, long Number)>();
        while (await row.ReadAsync(cancellation))
        {
            payouts.Add((View(row), row.GetInt64(1)));
        }

        var shown = payouts.Take(request.Limit).ToList();
        return new(
            [.. shown.Select(one => one.Payout)],
            payouts.Count > request.Limit ? cursors.WriteNumber(shown[^1].Number) : null);
    }

    /// <summary>One of a participant's payouts, with the commit that wrote it last; null where there is none.</summary>
    public async Task<PayoutView?> Find(long participant, Guid payout, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(participant).With(payout);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? View(row) with { Sequence = row.LongOrNull(SequenceColumn) } : null;
    }

    /// <summary>Whether a batch has it, or it has ended: nobody calls it off any more.</summary>
    public async Task<bool> IsTaken(Guid payout, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(TakenSql).With(payout);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>Whether an operator, a mismatch or a recovery holds payouts.</summary>
    public async Task<bool> IsPaused(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(PausedSql);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    private static PayoutView View(NpgsqlDataReader row)
    {
        var state = (PayoutState)row.GetInt16(5);
        var act = row.IsDBNull(9) ? (ActState?)null : (ActState)row.GetInt16(9);
        var stage = PayoutStages.Of(state, act);
        // What a returned payout's batch had sent before it failed is nothing that has paid it.
        var isShown = stage is not (PayoutStage.Waiting or PayoutStage.Returned);
        return new(
            row.GetGuid(0), row.IntOrNull(2) is { } week ? WeekId.OfNumber(week) : null, new(row.GetInt64(3)),
            row.GetString(4), stage, row.Instant(6), row.InstantOrNull(7) ?? row.Instant(6),
            isShown ? row.TextOrNull(11) : null,
            stage == PayoutStage.Paid ? row.LongOrNull(10) : null,
            row.IsDBNull(8) ? null : (PayoutReason)row.GetInt16(8),
            stage == PayoutStage.Waiting
                ? PayoutStages.HoldOf(
                    state, row.TextOrNull(13), row.GetBoolean(14), row.IsDBNull(12) ? null : (PayoutHold)row.GetInt16(12))
                : null);
    }
}
