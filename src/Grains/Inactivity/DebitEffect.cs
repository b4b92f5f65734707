using Npgsql;
using Stk.Grains.Suspensions;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>The row of <c>inactivity.debits</c>: what a quarter has taken from somebody.</summary>
/// <param name="attempt">Of the line that says so.</param>
internal sealed class DebitEffect(QuarterId quarter, long participant, int attempt, Amount amount) : IGroupedEffect
{
    private const string InsertSql = """
        INSERT INTO inactivity.debits (transaction_id, quarter, participant, attempt, amount_micro)
        SELECT * FROM unnest($1::uuid[], $2::integer[], $3::bigint[], $4::integer[], $5::bigint[])
        """;

    // In the commit itself: whoever has appealed before it is not charged, and nobody by an assessment that was overtaken.
    private const string ExpectSql = """
        SELECT storage.expect(
            NOT EXISTS (
                SELECT FROM unnest($1::integer[], $2::bigint[], $3::integer[], $4::bigint[])
                    AS made (quarter, participant, attempt, micro)
                LEFT JOIN LATERAL (
                    SELECT attempt, amount_micro FROM inactivity.lines line
                    WHERE line.quarter = made.quarter AND line.participant = made.participant
                    ORDER BY attempt DESC LIMIT 1) AS last ON true
                WHERE (last.attempt, last.amount_micro) IS DISTINCT FROM (made.attempt, made.micro)
                    OR EXISTS (
                        SELECT FROM inactivity.appeals appeal
                        WHERE appeal.quarter = made.quarter AND appeal.participant = made.participant
                            AND appeal.state <> 3)),
            'the last assessment, and no appeal')
        """;

    /// <summary>Holds <c>inactivity.debits</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.InactivityDebit, "inactivity.debits", """
        SELECT transaction_id, quarter, participant, attempt, amount_micro FROM inactivity.debits ORDER BY transaction_id
        """,
        row => Canonical(row.GetInt32(1), row.GetInt64(2), row.GetInt32(3), row.GetInt64(4)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(quarter.Number, participant, attempt, amount.Micro);

    private QuarterId Quarter => quarter;

    private long Participant => participant;

    private int Attempt => attempt;

    private Amount Amount => amount;

    /// <summary>Quarter (4 bytes), participant (8), attempt (4), amount (8).</summary>
    public static byte[] Canonical(int quarter, long participant, int attempt, long amountMicro) =>
        new CanonicalForm().Small(quarter).Number(participant).Small(attempt).Number(amountMicro).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group)
    {
        var quarters = group.Column((DebitEffect effect, EffectContext _) => effect.Quarter.Number);
        var participants = group.Column((DebitEffect effect, EffectContext _) => effect.Participant);
        var attempts = group.Column((DebitEffect effect, EffectContext _) => effect.Attempt);
        var amounts = group.Column((DebitEffect effect, EffectContext _) => effect.Amount.Micro);
        batch.BatchCommands.Add(SuspensionTable.ExpectNone(participants));
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(ExpectSql).With(quarters).With(participants).With(attempts).With(amounts));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(group.Column((DebitEffect _, EffectContext context) => context.TransactionId))
            .With(quarters).With(participants).With(attempts).With(amounts));
    }
}
