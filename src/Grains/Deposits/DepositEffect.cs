using Npgsql;
using NpgsqlTypes;
using Stk.Ledger.Effects;
using Stk.Settlement.Deposits;
using Stk.Solana.Keys;
using Stk.Storage.Sql;

namespace Stk.Grains.Deposits;

/// <summary>The row of <c>settlement.deposits</c> that says what has arrived, and to whom it was credited.</summary>
/// <param name="owner">The participant's number; null where nobody is known.</param>
internal sealed class DepositEffect(Deposit deposit, PublicKey account, long? owner) : IEffect
{
    private const string InsertSql = """
        INSERT INTO settlement.deposits (
            id, account, signature, account_index, slot, amount_micro, sender, memo, participant, at, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN $9 IS NULL THEN 2 ELSE 1 END)
        """;

    /// <summary>Holds <c>settlement.deposits</c> against the journal, as they have arrived.</summary>
    // Who has sent it and the memo are not hashed: the chain has them, and a memo may be erased. What becomes of what was in
    // suspense is another effect's.
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Deposit, "settlement.deposits", """
        SELECT deposit.id, deposit.account, deposit.signature, deposit.account_index, deposit.slot, deposit.amount_micro,
            CASE deposit.state WHEN 1 THEN deposit.participant END, deposit.at = commit.at
        FROM settlement.deposits deposit
        LEFT JOIN ledger.transactions transaction ON transaction.id = deposit.id
        LEFT JOIN ledger.commits commit USING (sequence)
        ORDER BY deposit.id
        """,
        row => Canonical(
            row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4), row.GetInt64(5), row.LongOrNull(6),
            !row.IsDBNull(7) && row.GetBoolean(7)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        account.ToString(), deposit.Signature.ToString(), deposit.AccountIndex, (long)deposit.Slot, deposit.AmountMicro,
        owner, isSound: true);

    /// <summary>Account and signature (texts), index (4 bytes), slot, amount, owner (8 each).</summary>
    public static byte[] Canonical(
        string account, string signature, int accountIndex, long slot, long amountMicro, long? owner, bool isSound) =>
        new CanonicalForm().Text(account).Text(signature).Small(accountIndex).Number(slot).Number(amountMicro)
            .Number(owner ?? 0).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(InsertSql)
            .With(context.TransactionId).With(account.ToString()).With(deposit.Signature.ToString())
            .With(deposit.AccountIndex).With((long)deposit.Slot).With(deposit.AmountMicro)
            .WithNullable(deposit.Sender?.ToString(), NpgsqlDbType.Text)
            // Of UTF-8 the chain takes anything; PostgreSQL takes no NUL.
            .WithNullable(deposit.Memo?.Replace('\0', '\uFFFD'), NpgsqlDbType.Text)
            .WithNullable(owner, NpgsqlDbType.Bigint).With(context.At.UtcDateTime));
}
