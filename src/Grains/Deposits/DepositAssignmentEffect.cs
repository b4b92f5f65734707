using Npgsql;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Deposits;

/// <summary>A deposit that was nobody's: its row of <c>settlement.deposits</c> says whose it is.</summary>
/// <param name="owner">The participant's number.</param>
internal sealed class DepositAssignmentEffect(
    Guid deposit, Amount amount, long owner, Approval approval, AuditEntry entry) : IAuditedEffect
{
    private const string AssignSql = """
        WITH assigned AS (
            UPDATE settlement.deposits SET state = 3, participant = $2, ended_by = $3, ended_at = $4, approval = $5
            WHERE id = $1 AND state = 2 AND amount_micro = $6 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM assigned) = 1, 'a deposit in suspense')
        """;

    /// <summary>Holds assigned deposits against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.DepositAssignment, "settlement.deposits", """
        SELECT deposit.ended_by, deposit.id, deposit.amount_micro, deposit.participant, deposit.approval,
            deposit.ended_at = commit.at
        FROM settlement.deposits deposit
        LEFT JOIN ledger.transactions transaction ON transaction.id = deposit.ended_by
        LEFT JOIN ledger.commits commit USING (sequence)
        WHERE deposit.state = 3 ORDER BY deposit.ended_by
        """,
        row => Canonical(
            row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), row.GetGuid(4), !row.IsDBNull(5) && row.GetBoolean(5)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } =
        Canonical(deposit, amount.Micro, owner, approval.Asked.Id, isSound: true);

    /// <summary>Deposit (16 bytes), amount, owner (8 each), approval (16).</summary>
    public static byte[] Canonical(Guid deposit, long amountMicro, long owner, Guid approval, bool isSound) =>
        new CanonicalForm().Id(deposit).Number(amountMicro).Number(owner).Id(approval).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(AssignSql)
            .With(deposit).With(owner).With(context.TransactionId).With(context.At.UtcDateTime).With(approval.Asked.Id)
            .With(amount.Micro));

    public AuditEntry Entry(EffectContext context) => entry with { At = context.At };
}
