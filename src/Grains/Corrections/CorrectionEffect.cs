using Npgsql;
using NpgsqlTypes;
using Stk.Grains.AuditLog;
using Stk.Grains.Suspensions;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Corrections;

/// <summary>
/// The row of <c>weeks.corrections</c>: a revision once, so that of two at once the second is decided again. It stands in
/// the audit log.
/// </summary>
internal sealed class CorrectionEffect(CorrectionTerms terms, string reason, string by, AuditEntry entry) : IAuditedEffect
{
    private const string InsertSql = """
        INSERT INTO weeks.corrections (
            week, participant, revision, transaction_id, amount_micro, level, at, by, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    /// <summary>Holds <c>weeks.corrections</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Correction, "weeks.corrections", """
        SELECT transaction_id, week, participant, revision, amount_micro, level, correction.at = commits.at
        FROM weeks.corrections correction
        LEFT JOIN ledger.transactions ON transactions.id = transaction_id LEFT JOIN ledger.commits USING (sequence)
        ORDER BY transaction_id
        """,
        row => Canonical(
            row.GetInt32(1), row.GetInt64(2), row.GetInt32(3), row.GetInt64(4),
            row.IsDBNull(5) ? null : row.GetInt16(5), !row.IsDBNull(6) && row.GetBoolean(6)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        terms.Week.Number, terms.Participant, terms.Revision, terms.Amount.Micro, terms.Level, isSound: true);

    /// <summary>
    /// Week (4), participant (8), revision (4), amount (8), level (4; 0 for none). Reason and operator are free text, and in
    /// the audit log.
    /// </summary>
    public static byte[] Canonical(int week, long participant, int revision, long amountMicro, int? level, bool isSound) =>
        new CanonicalForm()
            .Small(week).Number(participant).Small(revision).Number(amountMicro).Small(level).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context)
    {
        if (terms.Amount < Amount.Zero)
        {
            batch.BatchCommands.Add(SuspensionTable.ExpectNone([terms.Participant]));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(terms.Week.Number).With(terms.Participant).With(terms.Revision).With(context.TransactionId)
            .With(terms.Amount.Micro).WithNullable((short?)terms.Level, NpgsqlDbType.Smallint)
            .With(context.At.UtcDateTime).With(by).With(reason));
    }

    public AuditEntry Entry(EffectContext context) => entry with { At = context.At };
}
