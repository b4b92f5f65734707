using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Sql;
using Stk.Ledger.Verify;
using Stk.Rules.Emission;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Verification;

internal sealed class IssuedWithinSchedule : IInvariant
{
    private const string GenesisSql = "SELECT at FROM economy.genesis";

    // In order of the journal; from what was moved, not from what was written down beside it.
    private const string IssuedSql = $"""
        SELECT posting.sequence, commit.at, (-sum(posting.amount_micro) OVER (
            ORDER BY posting.sequence, posting.position, posting.line))::bigint
        FROM ledger.accounts account
        JOIN ledger.postings posting ON posting.account_id = account.id
        JOIN ledger.commits commit ON commit.sequence = posting.sequence
        WHERE account.kind = {SqlAccounts.Issuance} ORDER BY posting.sequence, posting.position, posting.line
        """;

    public string Name => "I5";

    public string Statement => "At no moment was more issued than the schedule has to the end of that day.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var schedule = await Schedule(snapshot, cancellation);
        await using var command = new NpgsqlCommand(IssuedSql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var day = DateOnly.FromDateTime(row.Instant(1).UtcDateTime);
            var most = schedule?.TotalToEndOf(day) ?? Amount.Zero;
            var issued = new Amount(row.GetInt64(2));
            if (issued > most)
            {
                yield return new(
                    "ledger.postings", string.Create(CultureInfo.InvariantCulture, $"sequence {row.GetInt64(0)}"),
                    $"at most {most} STK issued by {day:yyyy-MM-dd}", $"{issued} STK");
            }
        }
    }

    private static async Task<EmissionSchedule?> Schedule(Snapshot snapshot, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(GenesisSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new(row.Instant(0)) : null;
    }
}
