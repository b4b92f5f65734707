using Npgsql;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Ledger.Effects;

namespace Stk.Grains.Reconciling;

/// <summary>A difference that is made good: its row of <c>settlement.differences</c> says by what.</summary>
internal sealed class CoverEffect(Guid difference, long amountMicro, Approval approval, AuditEntry entry) : IAuditedEffect
{
    /// <summary>Holds what was made good against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Cover, "settlement.differences", """
        SELECT difference.covered_by, difference.id, difference.amount_micro, difference.approval,
            difference.covered_at = commit.at
        FROM settlement.differences difference
        LEFT JOIN ledger.transactions transaction ON transaction.id = difference.covered_by
        LEFT JOIN ledger.commits commit USING (sequence)
        WHERE difference.covered_by IS NOT NULL ORDER BY difference.covered_by
        """,
        row => Canonical(
            row.GetGuid(1), row.GetInt64(2), row.GetGuid(3), !row.IsDBNull(4) && row.GetBoolean(4)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } =
        Canonical(difference, amountMicro, approval.Asked.Id, isSound: true);

    /// <summary>Difference (16 bytes), amount (8), approval (16).</summary>
    public static byte[] Canonical(Guid difference, long amountMicro, Guid approval, bool isSound) =>
        new CanonicalForm().Id(difference).Number(amountMicro).Id(approval).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        DifferenceTable.Cover(difference, context.TransactionId, context.At, approval.Asked.Id, amountMicro));

    public AuditEntry Entry(EffectContext context) => entry with { At = context.At };
}
