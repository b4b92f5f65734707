using Npgsql;
using NpgsqlTypes;
using Stk.Grains.Signing;
using Stk.Settlement.Refusals;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>
/// Table <c>settlement.refusals</c>, and what is set aside in <c>payouts</c>, as the one who settles writes them.
/// </summary>
internal static class RefusalTable
{
    private const string KeepSql = """
        INSERT INTO settlement.refusals (act, rule, why, payout, first_at, last_at) VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (act, rule) DO UPDATE
        SET why = excluded.why, payout = excluded.payout, times = refusals.times + 1, last_at = excluded.last_at
        """;

    private const string SetAsideSql = """
        UPDATE settlement.payouts SET refused_by = $3, again_at = $4 WHERE act = $1 AND state = 2 AND id = ANY ($2)
        """;

    /// <summary>The commands that keep a refusal and what follows from it. Harmless twice.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Keep(
        Guid act, SigningAnswer.Refused refused, Remedy remedy, DateTimeOffset now) =>
    [
        new NpgsqlBatchCommand(KeepSql)
            .With(act).With(refused.Rule).With(refused.Why).WithNullable(refused.Payout, NpgsqlDbType.Uuid)
            .With(now.UtcDateTime),
        .. remedy is Remedy.SetAside(var payouts, var until)
            ? (NpgsqlBatchCommand[])
            [
                new NpgsqlBatchCommand(SetAsideSql)
                    .With(act).With(payouts.ToArray()).With(refused.Rule).With(until.UtcDateTime),
            ]
            : [],
    ];
}
