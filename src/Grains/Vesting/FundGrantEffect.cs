using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Rules.Treasury;
using Stk.Rules.Vesting;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>The row of <c>spending.fund_grants</c>: what a fund's spending has frozen.</summary>
/// <param name="vestsDays">At least 1.</param>
internal sealed class FundGrantEffect(long participant, FundSpendKind kind, int vestsDays, Amount amount) : IEffect
{
    private const string InsertSql = """
        INSERT INTO spending.fund_grants (transaction_id, participant, kind, vests_days, amount_micro, unlocks_on)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>Holds <c>spending.fund_grants</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.FundGrant, "spending.fund_grants", """
        SELECT transaction_id, participant, grants.kind, vests_days, amount_micro,
            unlocks_on - (at AT TIME ZONE 'UTC')::date = vests_days
        FROM spending.fund_grants grants
        LEFT JOIN ledger.transactions ON transactions.id = transaction_id LEFT JOIN ledger.commits USING (sequence)
        ORDER BY transaction_id
        """,
        row => Canonical(
            row.GetInt64(1), row.GetInt16(2), row.GetInt16(3), row.GetInt64(4), !row.IsDBNull(5) && row.GetBoolean(5)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } =
        Canonical(participant, (short)kind, vestsDays, amount.Micro, isSound: true);

    /// <summary>Participant, kind, days, amount: 8 bytes each. The unlock day follows from the commit's.</summary>
    public static byte[] Canonical(long participant, short kind, int vestsDays, long amountMicro, bool isSound) =>
        new CanonicalForm()
            .Number(participant).Number(kind).Number(vestsDays).Number(amountMicro).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(InsertSql)
            .With(context.TransactionId).With(participant).With((short)kind).With((short)vestsDays).With(amount.Micro)
            .With(Unlock.DayOf(DateOnly.FromDateTime(context.At.UtcDateTime), vestsDays)));
}
