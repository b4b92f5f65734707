using Npgsql;
using Stk.Ledger.Effects;
using Stk.Storage.Sql;

namespace Stk.Grains.Payouts;

/// <summary>One payout of an act that has landed: its row of <c>settlement.payouts</c> says that it is paid.</summary>
internal sealed class SettlementEffect(Guid act, SettledPayout payout) : IGroupedEffect
{
    private const string PaySql = """
        WITH paid AS (
            UPDATE settlement.payouts payout SET state = 3, ended_by = landed.transaction, ended_at = $6
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[])
                AS landed (id, act, transaction, participant, amount_micro)
            WHERE payout.id = landed.id AND payout.act = landed.act AND payout.state = 2
                AND payout.participant = landed.participant AND payout.amount_micro = landed.amount_micro
            RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM paid) = cardinality($1::uuid[]), 'payouts that this act has')
        """;

    /// <summary>Holds paid payouts against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Settlement, "settlement.payouts", """
        SELECT payout.ended_by, payout.act, payout.id, payout.participant, payout.amount_micro, payout.ended_at = commit.at
        FROM settlement.payouts payout
        LEFT JOIN ledger.transactions transaction ON transaction.id = payout.ended_by
        LEFT JOIN ledger.commits commit USING (sequence)
        WHERE payout.state = 3 ORDER BY payout.ended_by, payout.id
        """,
        row => Canonical(
            row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetInt64(4), !row.IsDBNull(5) && row.GetBoolean(5)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        act, payout.Id, payout.Participant, payout.Amount.Micro, isSound: true);

    private Guid Act => act;

    private SettledPayout Payout => payout;

    /// <summary>Act and payout (16 bytes each), participant and amount (8 each).</summary>
    public static byte[] Canonical(Guid act, Guid payout, long participant, long amountMicro, bool isSound) =>
        new CanonicalForm().Id(act).Id(payout).Number(participant).Number(amountMicro).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(PaySql)
            .With(group.Column((SettlementEffect effect, EffectContext _) => effect.Payout.Id))
            .With(group.Column((SettlementEffect effect, EffectContext _) => effect.Act))
            .With(group.Column((SettlementEffect _, EffectContext context) => context.TransactionId))
            .With(group.Column((SettlementEffect effect, EffectContext _) => effect.Payout.Participant))
            .With(group.Column((SettlementEffect effect, EffectContext _) => effect.Payout.Amount.Micro))
            .With(group[0].Context.At.UtcDateTime));
}
