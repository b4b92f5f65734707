using Npgsql;
using NpgsqlTypes;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Inactivity;

/// <summary>The row of <c>inactivity.credits</c>: what was given back of a quarter's debit, once.</summary>
/// <param name="week">Whose settlement gives it; null where an appeal was accepted.</param>
internal sealed class CreditEffect(QuarterId quarter, long participant, WeekId? week, Amount amount) : IEffect
{
    private const string InsertSql = """
        INSERT INTO inactivity.credits (transaction_id, quarter, participant, cause, week, amount_micro)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>Holds <c>inactivity.credits</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.InactivityCredit, "inactivity.credits", """
        SELECT transaction_id, quarter, participant, cause, week, amount_micro FROM inactivity.credits
        ORDER BY transaction_id
        """,
        row => Canonical(row.GetInt32(1), row.GetInt64(2), row.GetInt16(3), row.IntOrNull(4), row.GetInt64(5)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } =
        Canonical(quarter.Number, participant, CauseOf(week), week?.Number, amount.Micro);

    /// <summary>Quarter (4 bytes), participant (8), cause (4), week (4), amount (8).</summary>
    public static byte[] Canonical(int quarter, long participant, int cause, int? week, long amountMicro) =>
        new CanonicalForm().Small(quarter).Number(participant).Small(cause).Small(week).Number(amountMicro).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(InsertSql)
            .With(context.TransactionId).With(quarter.Number).With(participant).With(CauseOf(week))
            .WithNullable(week?.Number, NpgsqlDbType.Integer).With(amount.Micro));

    private static short CauseOf(WeekId? week) => week is null ? (short)1 : (short)2;
}
