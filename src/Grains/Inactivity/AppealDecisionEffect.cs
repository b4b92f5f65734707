using Npgsql;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Ledger.Effects;

namespace Stk.Grains.Inactivity;

/// <summary>The row of <c>inactivity.decisions</c>, where the decision moves something.</summary>
/// <param name="line">The attempt that says what is taken; null where something is given back.</param>
internal sealed class AppealDecisionEffect(AppealDecision decision, NewAttempt? line, AuditEntry entry)
    : IAuditedEffect
{
    /// <summary>Holds <c>inactivity.decisions</c> against the journal: those that have moved something.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.AppealDecision, "inactivity.decisions", """
        SELECT transaction_id, appeal, is_accepted, by FROM inactivity.decisions
        WHERE transaction_id IS NOT NULL ORDER BY transaction_id
        """,
        row => Canonical(row.GetGuid(1), row.GetBoolean(2), row.GetString(3)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } =
        Canonical(decision.Appeal, decision.IsAccepted, decision.By.Subject);

    /// <summary>The appeal's id, 1 where it was accepted and else 0 (4 bytes), by whom.</summary>
    public static byte[] Canonical(Guid appeal, bool isAccepted, string by) =>
        new CanonicalForm().Id(appeal).Small(isAccepted ? 1 : 0).Text(by).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context)
    {
        batch.BatchCommands.Add(OperatorRegister.Expect(decision.By));
        batch.BatchCommands.Add(AppealTable.Decide(decision with { At = context.At }, context.TransactionId));
        if (line is not null)
        {
            batch.BatchCommands.Add(AppealTable.AddAttempt(line));
        }
    }

    public AuditEntry Entry(EffectContext context) => entry with { At = context.At };
}
