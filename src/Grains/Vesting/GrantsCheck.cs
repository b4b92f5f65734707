using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Effects;

namespace Stk.Grains.Vesting;

/// <summary>Reads <c>weeks.grants</c> back, to be held against the journal.</summary>
internal sealed class GrantsCheck : IEffectCheck
{
    // The unlock day is not hashed: it follows from the commit's day. One that does not is no number of days at all.
    private const string Sql = """
        SELECT transaction_id, week, participant, type, amount_micro,
            CASE WHEN unlocks_on - (at AT TIME ZONE 'UTC')::date = vests_days THEN vests_days ELSE -1 END::integer
        FROM weeks.grants
        LEFT JOIN ledger.transactions ON transactions.id = transaction_id
        LEFT JOIN ledger.commits USING (sequence)
        ORDER BY transaction_id, grants.position
        """;

    public EffectKind Kind => EffectKind.WeekGrants;

    public string Table => "weeks.grants";

    public async IAsyncEnumerable<StoredEffect> Read(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var grants = new List<Grant>();
        (Guid Transaction, int Week)? current = null;
        await foreach (var (next, grant) in CursorRows.Read(connection, Sql, Row, cancellation))
        {
            if (current is { } before && before != next)
            {
                yield return new(before.Transaction, GrantsEffect.Canonical(before.Week, grants));
                grants.Clear();
            }

            current = next;
            grants.Add(grant);
        }

        if (current is { } last)
        {
            yield return new(last.Transaction, GrantsEffect.Canonical(last.Week, grants));
        }
    }

    private static ((Guid Transaction, int Week) Of, Grant Grant) Row(NpgsqlDataReader row) => (
        (row.GetGuid(0), row.GetInt32(1)),
        new(row.GetInt64(2), row.GetString(3), row.GetInt32(5), new(row.GetInt64(4))));
}
