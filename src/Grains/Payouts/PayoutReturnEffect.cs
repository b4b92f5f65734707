using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Payouts;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>A payout that goes back: its row of <c>settlement.payouts</c> says why.</summary>
/// <param name="act">Which had it, and has failed by it; null where no act has it.</param>
internal sealed class PayoutReturnEffect(SettledPayout payout, PayoutReason reason, Guid? act) : IGroupedEffect
{
    // What an act has goes back by that act alone, and what none has by none.
    private const string ReturnSql = """
        WITH returned AS (
            UPDATE settlement.payouts payout
            SET state = 4, reason = back.reason, ended_by = back.transaction, ended_at = $7
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::smallint[])
                AS back (id, act, transaction, participant, amount_micro, reason)
            WHERE payout.id = back.id AND payout.act IS NOT DISTINCT FROM back.act
                AND payout.state = CASE WHEN back.act IS NULL THEN 1 ELSE 2 END
                AND payout.participant = back.participant AND payout.amount_micro = back.amount_micro
            RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM returned) = cardinality($1::uuid[]), 'payouts that are open')
        """;

    /// <summary>Holds returned payouts against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.PayoutReturn, "settlement.payouts", """
        SELECT payout.ended_by, payout.act, payout.id, payout.participant, payout.amount_micro, payout.reason,
            payout.ended_at = commit.at
        FROM settlement.payouts payout
        LEFT JOIN ledger.transactions transaction ON transaction.id = payout.ended_by
        LEFT JOIN ledger.commits commit USING (sequence)
        WHERE payout.state = 4 ORDER BY payout.ended_by, payout.id
        """,
        row => Canonical(
            row.IdOrNull(1), row.GetGuid(2), row.GetInt64(3), row.GetInt64(4), row.GetInt16(5),
            !row.IsDBNull(6) && row.GetBoolean(6)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        act, payout.Id, payout.Participant, payout.Amount.Micro, (short)reason, isSound: true);

    private SettledPayout Payout => payout;

    private PayoutReason Reason => reason;

    private Guid? Act => act;

    /// <summary>
    /// Act (zeros where there was none) and payout (16 bytes each), participant, amount (8 each), reason (4).
    /// </summary>
    public static byte[] Canonical(
        Guid? act, Guid payout, long participant, long amountMicro, short reason, bool isSound) =>
        new CanonicalForm()
            .Id(act ?? Guid.Empty).Id(payout).Number(participant).Number(amountMicro).Small(reason).Unless(isSound)
            .ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(ReturnSql)
            .With(group.Column((PayoutReturnEffect effect, EffectContext _) => effect.Payout.Id))
            .With(group.Column((PayoutReturnEffect effect, EffectContext _) => effect.Act))
            .With(group.Column((PayoutReturnEffect _, EffectContext context) => context.TransactionId))
            .With(group.Column((PayoutReturnEffect effect, EffectContext _) => effect.Payout.Participant))
            .With(group.Column((PayoutReturnEffect effect, EffectContext _) => effect.Payout.Amount.Micro))
            .With(group.Column((PayoutReturnEffect effect, EffectContext _) => (short)effect.Reason))
            .With(group[0].Context.At.UtcDateTime));
}
