using Npgsql;
using Stk.Grains.Suspensions;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Transfers;

/// <summary>The rows of <c>spending.transfers</c> and <c>notes</c> that say who sent what to whom.</summary>
/// <param name="dayMax">
/// Most that the sender may have sent in the commit's UTC day, this included; null for no limit.
/// </param>
internal sealed class TransferEffect(
    long sender, long receiver, Amount amount, Amount fee, string? note, Amount? dayMax) : IGroupedEffect
{
    private const string InsertSql = """
        INSERT INTO spending.transfers (id, sender, receiver, amount_micro, fee_micro, day)
        SELECT made.*, $6 FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) AS made
        """;

    private const string NotesSql = "INSERT INTO spending.notes (id, note) SELECT * FROM unnest($1::uuid[], $2::text[])";

    // In the commit itself: a second activation of the sender cannot go past the limit, nor can a day that has just begun.
    private const string DayMaxSql = """
        SELECT storage.expect(
            (SELECT sum(amount_micro) FROM spending.transfers WHERE sender = asked.sender AND day = $3) <= asked.most,
            'within the day limit')
        FROM unnest($1::bigint[], $2::bigint[]) AS asked (sender, most)
        """;

    /// <summary>Holds <c>spending.transfers</c> against the journal.</summary>
    // The day is not hashed: it is the commit's.
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Transfer, "spending.transfers", """
        SELECT transfer.id, sender, receiver, amount_micro, fee_micro, day = (at AT TIME ZONE 'UTC')::date
        FROM spending.transfers transfer
        LEFT JOIN ledger.transactions ON transactions.id = transfer.id LEFT JOIN ledger.commits USING (sequence)
        ORDER BY transfer.id
        """,
        row => Canonical(
            row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), !row.IsDBNull(5) && row.GetBoolean(5)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(
        sender, receiver, amount.Micro, fee.Micro, isSound: true);

    private long Sender => sender;

    private long Receiver => receiver;

    private Amount Amount => amount;

    private Amount Fee => fee;

    private string? Note => note;

    private Amount? DayMax => dayMax;

    /// <summary>Sender, receiver, amount, fee (8 bytes each). The note is left out, so that it can be erased.</summary>
    public static byte[] Canonical(long sender, long receiver, long amountMicro, long feeMicro, bool isSound) =>
        new CanonicalForm().Number(sender).Number(receiver).Number(amountMicro).Number(feeMicro).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group)
    {
        var day = DateOnly.FromDateTime(group[0].Context.At.UtcDateTime);
        batch.BatchCommands.Add(
            SuspensionTable.ExpectNone(group.Column((TransferEffect effect, EffectContext _) => effect.Sender)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(group.Column((TransferEffect _, EffectContext context) => context.TransactionId))
            .With(group.Column((TransferEffect effect, EffectContext _) => effect.Sender))
            .With(group.Column((TransferEffect effect, EffectContext _) => effect.Receiver))
            .With(group.Column((TransferEffect effect, EffectContext _) => effect.Amount.Micro))
            .With(group.Column((TransferEffect effect, EffectContext _) => effect.Fee.Micro))
            .With(day));
        var noted = group.Where(posted => ((TransferEffect)posted.Effect).Note is not null).ToList();
        if (noted.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(NotesSql)
                .With(noted.Column((TransferEffect _, EffectContext context) => context.TransactionId))
                .With(noted.Column((TransferEffect effect, EffectContext _) => effect.Note!))); // filtered above
        }

        var limited = group.Where(posted => ((TransferEffect)posted.Effect).DayMax is not null).ToList();
        if (limited.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(DayMaxSql)
                .With(limited.Column((TransferEffect effect, EffectContext _) => effect.Sender))
                // filtered above
                .With(limited.Column((TransferEffect effect, EffectContext _) => effect.DayMax!.Value.Micro))
                .With(day));
        }
    }
}
