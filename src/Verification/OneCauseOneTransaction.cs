using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Sql;
using Stk.Ledger.Verify;
using Stk.Rules.Causes;
using Stk.Rules.Money;

namespace Stk.Verification;

/// <summary>For what runs by itself: its causes can be told from the tables.</summary>
internal sealed class OneCauseOneTransaction : IInvariant
{
    private const string Sql = $"""
        SELECT transaction.id, transaction.kind, transaction.reference, payment.shard, payment.part,
            row_number() OVER (
                PARTITION BY transaction.kind, transaction.reference, payment.shard, payment.part
                ORDER BY transaction.sequence, transaction.position)
        FROM ledger.transactions transaction
        LEFT JOIN weeks.settlements payment ON payment.transaction_id = transaction.id
        WHERE transaction.kind IN ({SqlTransactions.Emission}, {SqlTransactions.WeekReserve}, {SqlTransactions.WeekReward},
            {SqlTransactions.WeekReturn})
        """;

    public string Name => "I8";

    public string Statement => "Each day of emission, and each reserve, reward and return of a week, is one transaction, under the id of its cause.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, snapshot.Connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            var id = row.GetGuid(0);
            var kind = (TransactionKind)row.GetInt16(1);
            var reference = row.GetString(2);
            var place = $"{kind} {reference}";
            // Without its payment a reward is told nowhere: that is I16's.
            if (kind == TransactionKind.WeekReward && await row.IsDBNullAsync(3, cancellation))
            {
                continue;
            }

            if (row.GetInt64(5) > 1)
            {
                yield return new("ledger.transactions", place, "one", $"another one, {id}");
                continue;
            }

            var expected = kind switch
            {
                TransactionKind.Emission => CauseId.Of("emission", reference),
                TransactionKind.WeekReserve => CauseId.Of("week-reserve", reference),
                TransactionKind.WeekReturn => CauseId.Of("week-return", reference),
                _ => CauseId.Of("week-reward", reference, Text(row.GetInt16(3)), Text(row.GetInt32(4))),
            };
            if (expected != id)
            {
                yield return new("ledger.transactions", place, $"id {expected}, of its cause", id.ToString());
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
