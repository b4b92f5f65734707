using System.Collections.Immutable;
using Npgsql;
using Stk.Ledger.Sql;
using Stk.Rules.Wallets;
using Stk.Rules.Weeks;
using Stk.Settlement.Weekly;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>Whom a week's run may pay to their wallets. Reads only.</summary>
internal sealed class WeekWithdrawalTable(NpgsqlDataSource database)
{
    // Who has no row has chosen to keep. What a day has unlocked is of the week of that day: each day is of one week, and
    // all of them are done before the week is settled. Whom the run has written already is left out.
    private const string ReadSql = $"""
        SELECT mode.participant, mode.mode, link.id, link.address, link.payable_from,
            coalesce((
                SELECT statement.available_micro FROM weeks.statements statement
                WHERE statement.week = $1 AND statement.participant = mode.participant), 0),
            coalesce((
                SELECT sum(decision.released_micro) FROM vesting.decisions decision
                WHERE decision.participant = mode.participant AND decision.decided_on BETWEEN $2 AND $3
                    AND decision.sequence IS NOT NULL), 0)::bigint,
            coalesce((
                SELECT account.balance_micro FROM ledger.accounts account
                WHERE account.kind = {SqlAccounts.Available} AND account.owner = mode.participant), 0)
        FROM settlement.wallet_modes mode
        JOIN settlement.wallets link ON link.participant = mode.participant AND link.ended_at IS NULL
        WHERE mode.mode = $4 AND mode.participant > $5
            AND NOT EXISTS (
                SELECT FROM settlement.payouts payout
                WHERE payout.week = $1 AND payout.participant = mode.participant)
        ORDER BY mode.participant LIMIT $6
        """;

    /// <summary>A page, by participant.</summary>
    /// <param name="after">The last participant of the page before; 0 for the first page.</param>
    public async Task<ImmutableArray<WalletCandidate>> Read(
        WeekId week, long after, int most, CancellationToken cancellation)
    {
        var candidates = ImmutableArray.CreateBuilder<WalletCandidate>();
        await using var command = database.CreateCommand(ReadSql)
            .With(week.Number).With(week.Monday).With(week.Sunday).With((short)WalletMode.Weekly).With(after).With(most);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            candidates.Add(new(
                new(
                    row.GetInt64(0), (PayoutMode)row.GetInt16(1), row.Instant(4), new(row.GetInt64(5)),
                    new(row.GetInt64(6)), new(row.GetInt64(7))),
                new(row.GetGuid(2), row.GetString(3))));
        }

        return candidates.ToImmutable();
    }
}

/// <summary>Whom the run may pay, and where to.</summary>
internal sealed record WalletCandidate(WeeklyCandidate Candidate, PayoutWallet Wallet);
