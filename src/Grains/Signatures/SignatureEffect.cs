using Npgsql;
using NpgsqlTypes;
using Stk.Grains.Registry;
using Stk.Ledger.Effects;
using Stk.Rules.Approvals;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Signatures;

/// <summary>The row of <c>approvals.signatures</c>: what one person's signature alone has given.</summary>
/// <param name="limit">Most in the window, this included.</param>
internal sealed class SignatureEffect(Signature signature, Amount limit) : IEffect
{
    private const string InsertSql = """
        INSERT INTO approvals.signatures (transaction_id, person, receiver, fund, amount_micro, at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    // In the commit itself: of two acts at once the second finds the first.
    private const string LimitSql = """
        SELECT storage.expect(
            (SELECT sum(amount_micro) FROM approvals.given WHERE person = $1 AND at > $4) <= $5
            AND (SELECT sum(amount_micro) FROM approvals.given WHERE receiver = $2 AND at > $4) <= $5
            AND coalesce((SELECT sum(amount_micro) FROM approvals.given WHERE fund = $3 AND at > $4), 0) <= $5,
            'within the limit of one signature')
        """;

    /// <summary>Holds <c>approvals.signatures</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Signature, "approvals.signatures", """
        SELECT transaction_id, person, receiver, fund, amount_micro, signature.at = commits.at
        FROM approvals.signatures signature
        LEFT JOIN ledger.transactions ON transactions.id = transaction_id LEFT JOIN ledger.commits USING (sequence)
        ORDER BY transaction_id
        """,
        row => Canonical(
            row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : (Fund)row.GetInt16(3), row.GetInt64(4),
            !row.IsDBNull(5) && row.GetBoolean(5)));

    public EffectKind Kind => Check.Kind;

    /// <summary>Most in the window, this included.</summary>
    public Amount Limit => limit;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        signature.By.Name, signature.Receiver, signature.Fund, signature.Amount.Micro, isSound: true);

    public void AddCommands(NpgsqlBatch batch, EffectContext context)
    {
        batch.BatchCommands.Add(OperatorRegister.Expect(signature.By));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(context.TransactionId).With(signature.By.Name).With(signature.Receiver)
            .WithNullable((short?)signature.Fund, NpgsqlDbType.Smallint).With(signature.Amount.Micro)
            .With(context.At.UtcDateTime));
        batch.BatchCommands.Add(Within(signature, context.At, limit));
    }

    /// <summary>
    /// The command that fails where what was given, this included, is beyond the limit. Behind what gives it, in its commit.
    /// </summary>
    public static NpgsqlBatchCommand Within(Signature signature, DateTimeOffset at, Amount limit) =>
        new NpgsqlBatchCommand(LimitSql)
            .With(signature.By.Name).With(signature.Receiver)
            .WithNullable((short?)signature.Fund, NpgsqlDbType.Smallint)
            .With((at - SignatureRules.Window).UtcDateTime).With((decimal)limit.Micro);

    /// <summary>Person, receiver, fund (0 for none), amount.</summary>
    private static byte[] Canonical(string person, long receiver, Fund? fund, long amountMicro, bool isSound) =>
        new CanonicalForm().Text(person).Number(receiver).Small((int?)fund).Number(amountMicro).Unless(isSound).ToArray();
}
