using Npgsql;
using NpgsqlTypes;
using Stk.Grains.Registry;
using Stk.Ledger.Effects;
using Stk.Storage.Sql;

namespace Stk.Grains.Approvals;

/// <summary>The row of <c>approvals.decisions</c> that says who has approved what the transaction does.</summary>
internal sealed class DecisionEffect(Approval approval) : IEffect
{
    /// <summary>Holds <c>approvals.decisions</c> against the journal: those that have moved value.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Decision, "approvals.decisions", """
        SELECT decision.transaction_id, decision.request, decision.is_approved AND decision.at = commits.at, decision.by,
            decision.person, request.kind, request.asked_by, request.person
        FROM approvals.decisions decision JOIN approvals.requests request ON request.id = decision.request
        LEFT JOIN ledger.transactions ON transactions.id = decision.transaction_id LEFT JOIN ledger.commits USING (sequence)
        WHERE decision.transaction_id IS NOT NULL ORDER BY decision.transaction_id
        """,
        row => Canonical(
            row.GetGuid(1), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
            !row.IsDBNull(2) && row.GetBoolean(2)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        approval.Asked.Id, approval.By.Subject, approval.By.Name, approval.Asked.Kind, approval.Asked.AskedBy,
        approval.AskedByPerson, isSound: true);

    public void AddCommands(NpgsqlBatch batch, EffectContext context)
    {
        batch.BatchCommands.Add(OperatorRegister.Expect(approval.By));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ApprovalTable.DecideSql)
            .With(approval.Asked.Id).With(true).With(context.At.UtcDateTime).With(approval.By.Subject)
            .With(approval.By.Name).With(approval.Reason).With(approval.Key.Id)
            .WithNullable(context.TransactionId, NpgsqlDbType.Uuid));
    }

    /// <summary>The approval, who has decided and as whom, the kind, who has asked and as whom.</summary>
    private static byte[] Canonical(
        Guid approval, string by, string person, string kind, string askedBy, string askedByPerson, bool isSound) =>
        new CanonicalForm().Id(approval).Text(by).Text(person).Text(kind).Text(askedBy).Text(askedByPerson)
            .Unless(isSound).ToArray();
}
