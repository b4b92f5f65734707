using Npgsql;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Ledger.Effects;
using Stk.Storage.Sql;

namespace Stk.Grains.Treasury;

/// <summary>A spending from a fund, as its row has it but for what is free text.</summary>
/// <param name="Id">Of the request that asked for it.</param>
/// <param name="Receiver">The participant's number.</param>
internal sealed record FundSpendTerms(
    Guid Id, short Fund, long Receiver, long AmountMicro, short Kind, short VestsDays)
{
    /// <summary>Id, fund, receiver, amount, kind, days: 8 bytes a number.</summary>
    public byte[] Canonical() => new CanonicalForm()
        .Id(Id).Number(Fund).Number(Receiver).Number(AmountMicro).Number(Kind).Number(VestsDays).ToArray();
}

/// <summary>The row of <c>spending.fund_spends</c> that says what was paid, and its entry in the audit log.</summary>
/// <param name="approval">Null where no second operator was needed: then the row is new.</param>
internal sealed class FundSpendEffect(
    FundSpendTerms terms, FundSpendRequest? request, Approval? approval, AuditEntry entry) : IAuditedEffect
{
    private const string InsertSql = $"""
        INSERT INTO spending.fund_spends (
            id, state, fund, receiver, amount_micro, kind, reason, vests_days, asked_at, asked_by, transaction_id)
        VALUES ($1, {SqlFundSpends.Paid}, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    // It may have been decided meanwhile.
    private const string PaySql = $"""
        WITH paid AS (
            UPDATE spending.fund_spends
            SET state = {SqlFundSpends.Paid}, decided_at = $2, decided_by = $3, decided_reason = $4,
                transaction_id = $5
            WHERE id = $1 AND state = {SqlFundSpends.Waiting} RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM paid) = 1, 'waiting')
        """;

    /// <summary>Holds <c>spending.fund_spends</c> against the journal: those that were paid.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.FundSpend, "spending.fund_spends", """
        SELECT transaction_id, id, fund, receiver, amount_micro, kind, vests_days
        FROM spending.fund_spends WHERE transaction_id IS NOT NULL ORDER BY transaction_id
        """,
        row => new FundSpendTerms(
            row.GetGuid(1), row.GetInt16(2), row.GetInt64(3), row.GetInt64(4), row.GetInt16(5),
            row.GetInt16(6)).Canonical());

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = terms.Canonical();

    public void AddCommands(NpgsqlBatch batch, EffectContext context)
    {
        var at = context.At.UtcDateTime;
        batch.BatchCommands.Add(approval is { } second
            ? new NpgsqlBatchCommand(PaySql)
                .With(terms.Id).With(at).With(second.By.Subject).With(second.Reason).With(context.TransactionId)
            : new NpgsqlBatchCommand(InsertSql)
                .With(terms.Id).With(terms.Fund).With(terms.Receiver).With(terms.AmountMicro).With(terms.Kind)
                .With(request!.Reason).With(terms.VestsDays).With(at).With(request.By) // one of the two is given
                .With(context.TransactionId));
    }

    public AuditEntry Entry(EffectContext context) => entry with { At = context.At };
}
