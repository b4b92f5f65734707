using Npgsql;
using Stk.Ledger.Effects;
using Stk.Storage.Sql;

namespace Stk.Grains.Vesting;

/// <summary>A decision that is paid out by its transaction: the row of <c>vesting.decisions</c> names the commit.</summary>
internal sealed class GrantDecisionEffect(DecidedGrant decided) : IGroupedEffect
{
    private const string PostedSql = """
        WITH posted AS (
            UPDATE vesting.decisions SET sequence = $2 WHERE transaction_id = ANY($1) AND sequence IS NULL RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM posted) = cardinality($1), 'decided, and not paid out')
        """;

    /// <summary>Holds <c>vesting.decisions</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.VestingDecision, "vesting.decisions", """
        SELECT decision.transaction_id, decision.participant, decision.week, decision.type, decision.vests_days,
            decision.granted, decision.released_micro, decision.cancelled_micro,
            decision.sequence = transaction.sequence
        FROM vesting.decisions decision
        LEFT JOIN ledger.transactions transaction ON transaction.id = decision.transaction_id
        WHERE decision.sequence IS NOT NULL ORDER BY decision.transaction_id
        """,
        row => Canonical(
            row.GetInt64(1), row.IntOrNull(2), row.TextOrNull(3), row.GetInt16(4), row.IdOrNull(5), row.GetInt64(6),
            row.GetInt64(7), !row.IsDBNull(8) && row.GetBoolean(8)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(decided);

    /// <summary>
    /// Participant (8 bytes), week (4; 0 for none), type (text), days (4), the transaction that froze it (16; zeros for a
    /// weekly reward), released, cancelled (8 each).
    /// </summary>
    public static byte[] Canonical(
        long participant, int? week, string? type, int vestsDays, Guid? granted, long releasedMicro, long cancelledMicro,
        bool isSound) => new CanonicalForm()
            .Number(participant).Small(week).Text(type ?? "").Small(vestsDays).Id(granted ?? Guid.Empty)
            .Number(releasedMicro).Number(cancelledMicro).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(PostedSql)
            .With(group.Column((GrantDecisionEffect _, EffectContext context) => context.TransactionId))
            .With(group[0].Context.Sequence));

    private static byte[] Canonical(DecidedGrant decided)
    {
        var grant = decided.Grant;
        var weekly = grant.Origin as GrantOrigin.Weekly;
        return Canonical(
            grant.Participant, weekly?.Week.Number, weekly?.Type, grant.VestsDays,
            (grant.Origin as GrantOrigin.Spending)?.Transaction, decided.Released.Micro, decided.Cancelled.Micro,
            isSound: true);
    }
}
