using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Services;
using Stk.Storage.Sql;

namespace Stk.Grains.Entitlements;

/// <summary>The row of <c>spending.entitlements</c> that a purchase gives: from the commit on.</summary>
internal sealed class EntitlementEffect(long participant, string service, ServiceTerm term) : IGroupedEffect
{
    private const string InsertSql = """
        INSERT INTO spending.entitlements (id, participant, service, days, months, sessions, ends_at, begins_at)
        SELECT made.*, $8
        FROM unnest(
            $1::uuid[], $2::bigint[], $3::text[], $4::integer[], $5::integer[], $6::integer[], $7::timestamptz[]) AS made
        """;

    /// <summary>
    /// Holds <c>spending.entitlements</c> against the journal, but for what renews another; none has ended without a refund.
    /// </summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Entitlement, "spending.entitlements", """
        SELECT entitlement.id, participant, service, days, months, sessions, begins_at, ends_at, commits.at,
            ended_at IS NOT DISTINCT FROM (
                SELECT back_commit.at FROM spending.refunds refund
                JOIN ledger.transactions back ON back.id = refund.id
                JOIN ledger.commits back_commit ON back_commit.sequence = back.sequence
                WHERE refund.purchase = entitlement.id)
        FROM spending.entitlements entitlement
        LEFT JOIN ledger.transactions ON transactions.id = entitlement.id LEFT JOIN ledger.commits USING (sequence)
        WHERE entitlement.first IS NULL ORDER BY entitlement.id
        """,
        Canonical);

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(participant, service, term, isSound: true);

    private long Participant => participant;

    private string Service => service;

    private ServiceTerm Term => term;

    /// <summary>
    /// Participant (8), service (text), days, months, sessions (4 each). The instants follow from the commit's.
    /// </summary>
    public static byte[] Canonical(long participant, string service, ServiceTerm term, bool isSound) => new CanonicalForm()
        .Number(participant).Text(service).Small(term.Days).Small(term.Months).Small(term.Sessions).Unless(isSound)
            .ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(InsertSql)
            .With(group.Column((EntitlementEffect _, EffectContext context) => context.TransactionId))
            .With(group.Column((EntitlementEffect effect, EffectContext _) => effect.Participant))
            .With(group.Column((EntitlementEffect effect, EffectContext _) => effect.Service))
            .With(group.Column((EntitlementEffect effect, EffectContext _) => effect.Term.Days))
            .With(group.Column((EntitlementEffect effect, EffectContext _) => effect.Term.Months))
            .With(group.Column((EntitlementEffect effect, EffectContext _) => effect.Term.Sessions))
            .With(
                group.Column(
                    (EntitlementEffect effect, EffectContext context) => effect.Term.Until(context.At)?.UtcDateTime))
            .With(group[0].Context.At.UtcDateTime));

    private static byte[] Canonical(NpgsqlDataReader row)
    {
        var term = new ServiceTerm(row.IntOrNull(3), row.IntOrNull(4), row.IntOrNull(5));
        var begins = row.InstantOrNull(6);
        return Canonical(
            row.GetInt64(1), row.GetString(2), term,
            begins == row.InstantOrNull(8) && begins is { } from && row.InstantOrNull(7) == term.Until(from)
                && row.GetBoolean(9));
    }
}
