using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Solana.Keys;
using Stk.Storage.Sql;

namespace Stk.Grains.Deposits;

/// <summary>A deposit that was sent back: its row of <c>settlement.deposits</c> says by what.</summary>
/// <param name="approval">By which two persons have decided, and the act on chain.</param>
internal sealed class DepositReturnEffect(Guid deposit, Amount amount, Guid approval, Signature signature) : IEffect
{
    private const string ReturnSql = """
        WITH returned AS (
            UPDATE settlement.deposits SET state = 5, ended_by = $2, ended_at = $3, returned_by = $4
            WHERE id = $1 AND state = 4 AND approval = $5 AND amount_micro = $6 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM returned) = 1, 'a deposit that goes back')
        """;

    /// <summary>Holds what was sent back against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.DepositReturn, "settlement.deposits", """
        SELECT deposit.ended_by, deposit.id, deposit.amount_micro, deposit.approval, deposit.returned_by,
            deposit.ended_at = commit.at
        FROM settlement.deposits deposit
        LEFT JOIN ledger.transactions transaction ON transaction.id = deposit.ended_by
        LEFT JOIN ledger.commits commit USING (sequence)
        WHERE deposit.state = 5 ORDER BY deposit.ended_by
        """,
        row => Canonical(
            row.GetGuid(1), row.GetInt64(2), row.GetGuid(3), row.GetString(4), !row.IsDBNull(5) && row.GetBoolean(5)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } =
        Canonical(deposit, amount.Micro, approval, signature.ToString(), isSound: true);

    /// <summary>Deposit (16 bytes), amount (8), approval (16), signature (text).</summary>
    public static byte[] Canonical(Guid deposit, long amountMicro, Guid approval, string signature, bool isSound) =>
        new CanonicalForm().Id(deposit).Number(amountMicro).Id(approval).Text(signature).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, EffectContext context) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(ReturnSql)
            .With(deposit).With(context.TransactionId).With(context.At.UtcDateTime).With(signature.ToString())
            .With(approval).With(amount.Micro));
}
