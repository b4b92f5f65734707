using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Renewals;
using Stk.Storage.Sql;

namespace Stk.Grains.Renewals;

/// <summary>
/// A paid renewal: its row of <c>spending.renewal_attempts</c> and the entitlement that it gives. In the commit itself its
/// participant must still want it for this price, and the months before must stand.
/// </summary>
internal sealed class RenewalEffect(RenewalTerms terms) : IEffect
{
    private const string ExpectSql = """
        SELECT storage.expect(
            EXISTS (
                SELECT FROM spending.renewal_choices choice
                WHERE choice.number = (SELECT max(number) FROM spending.renewal_choices WHERE entitlement = $1)
                    AND choice.is_on AND choice.max_price_micro >= $3)
            AND EXISTS (
                SELECT FROM spending.entitlements before
                WHERE before.ended_at IS NULL
                    AND ((before.id = $1 AND $2 = 1) OR (before.first = $1 AND before.number = $2 - 1))),
            'to be renewed')
        """;

    private const string EntitleSql = """
        INSERT INTO spending.entitlements (id, participant, service, months, begins_at, ends_at, first, number)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /// <summary>Holds paid attempts, and the entitlements that they have given, against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Renewal, "spending.renewal_attempts", """
        SELECT attempt.transaction_id, attempt.entitlement, attempt.number, attempt.attempt, renewed.participant,
            renewed.service, renewed.months, attempt.price_micro, first.begins_at, renewed.begins_at, renewed.ends_at,
            attempt.outcome = 2 AND attempt.at = commits.at AND renewed.first = attempt.entitlement
                AND renewed.number = attempt.number AND renewed.days IS NULL AND renewed.sessions IS NULL
                AND renewed.ended_at IS NOT DISTINCT FROM (
                    SELECT back_commit.at FROM spending.refunds refund
                    JOIN ledger.transactions back ON back.id = refund.id
                    JOIN ledger.commits back_commit ON back_commit.sequence = back.sequence
                    WHERE refund.purchase = attempt.transaction_id)
        FROM spending.renewal_attempts attempt
        LEFT JOIN spending.entitlements renewed ON renewed.id = attempt.transaction_id
        LEFT JOIN spending.entitlements first ON first.id = attempt.entitlement
        LEFT JOIN ledger.transactions transaction ON transaction.id = attempt.transaction_id
        LEFT JOIN ledger.commits ON commits.sequence = transaction.sequence
        WHERE attempt.transaction_id IS NOT NULL ORDER BY attempt.transaction_id
        """,
        Canonical);

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        terms.First, terms.Number, terms.Attempt, terms.Participant, terms.Service, terms.Months, terms.Price.Micro,
        isSound: true);

    public void AddCommands(NpgsqlBatch batch, EffectContext context)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ExpectSql)
            .With(terms.First).With(terms.Number).With(terms.Price.Micro));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(EntitleSql)
            .With(context.TransactionId).With(terms.Participant).With(terms.Service).With(terms.Months)
            .With(terms.From.UtcDateTime).With(terms.Until.UtcDateTime).With(terms.First).With(terms.Number));
        batch.BatchCommands.Add(RenewalTable.Insert(
            new(terms.First, terms.Number, terms.Attempt, RenewalOutcome.Paid, terms.Price, Missing: null), context.At,
            context.TransactionId));
    }

    /// <summary>
    /// The first entitlement, number, attempt (4 each), participant (8), service (text), months (4), price (8). The instants
    /// follow from the first one's.
    /// </summary>
    private static byte[] Canonical(
        Guid first, int number, int attempt, long participant, string service, int months, long priceMicro, bool isSound) =>
        new CanonicalForm()
            .Id(first).Small(number).Small(attempt).Number(participant).Text(service).Small(months).Number(priceMicro)
            .Unless(isSound).ToArray();

    private static byte[] Canonical(NpgsqlDataReader row)
    {
        var (number, months) = (row.GetInt32(2), row.IntOrNull(6));
        var isSound = !row.IsDBNull(11) && row.GetBoolean(11) && months is > 0 && row.InstantOrNull(8) is { } begin
            && (row.InstantOrNull(9), row.InstantOrNull(10)) == RenewalTimetable.Term(begin, months.Value, number);
        return Canonical(
            row.GetGuid(1), number, row.GetInt16(3), row.LongOrNull(4) ?? 0, row.TextOrNull(5) ?? "", months ?? 0,
            row.GetInt64(7), isSound);
    }
}
