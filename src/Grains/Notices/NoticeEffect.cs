using Npgsql;
using Stk.Ledger.Effects;

namespace Stk.Grains.Notices;

/// <summary>A notice of what its transaction does: the row of <c>notices.notices</c>, in its commit.</summary>
internal sealed class NoticeEffect(Notice notice) : IGroupedEffect
{
    /// <summary>Holds <c>notices.notices</c> against the journal.</summary>
    // When it was is not hashed: it is the commit's time.
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Notice, "notices.notices", """
        SELECT transaction_id, notice.id, participant, notice.kind, notice."values"::text, notice.at = commit.at
        FROM notices.notices notice
        LEFT JOIN ledger.transactions transaction ON transaction.id = transaction_id
        LEFT JOIN ledger.commits commit USING (sequence)
        WHERE transaction_id IS NOT NULL ORDER BY transaction_id, notice.id
        """,
        row => Canonical(
            new(row.GetGuid(1), row.GetInt64(2), row.GetString(3), row.GetString(4)),
            !row.IsDBNull(5) && row.GetBoolean(5)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(notice, isSound: true);

    private Notice Notice => notice;

    /// <summary>Id, participant (8 bytes), kind (text), values (text).</summary>
    public static byte[] Canonical(Notice notice, bool isSound) => new CanonicalForm()
        .Id(notice.Id).Number(notice.Participant).Text(notice.Kind).Text(notice.Values).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group) => batch.BatchCommands.Add(
        NoticeTable.Insert(
            [.. group.Select(posted => ((NoticeEffect)posted.Effect).Notice)], group[0].Context.At,
            group.Column((NoticeEffect _, EffectContext context) => (Guid?)context.TransactionId)));
}
