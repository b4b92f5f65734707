using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Ledger.Effects;
using Stk.Storage.Sql;

namespace Stk.Grains.Purchases;

/// <summary>
/// The row of <c>spending.refunds</c>: once a purchase. It ends the entitlement, and stands in the audit log.
/// </summary>
internal sealed class RefundEffect(Guid purchase, string reason, string by, AuditEntry entry) : IAuditedEffect
{
    private const string InsertSql = "INSERT INTO spending.refunds (purchase, id, at, reason, by) VALUES ($1, $2, $3, $4, $5)";

    private const string EndSql = """
        WITH ended AS (
            UPDATE spending.entitlements SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM ended) = 1, 'entitled')
        """;

    /// <summary>Holds <c>spending.refunds</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Refund, "spending.refunds", """
        SELECT refund.id, purchase, refund.at = commits.at
        FROM spending.refunds refund
        LEFT JOIN ledger.transactions ON transactions.id = refund.id LEFT JOIN ledger.commits USING (sequence)
        ORDER BY refund.id
        """,
        row => Canonical(row.GetGuid(1), !row.IsDBNull(2) && row.GetBoolean(2)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(purchase, isSound: true);

    /// <summary>The purchase's id. Reason and operator are free text, and in the audit log.</summary>
    public static byte[] Canonical(Guid purchase, bool isSound) =>
        new CanonicalForm().Id(purchase).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(purchase).With(context.TransactionId).With(context.At.UtcDateTime).With(reason).With(by));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(EndSql).With(purchase).With(context.At.UtcDateTime));
    }

    public AuditEntry Entry(EffectContext context) => entry with { At = context.At };
}
