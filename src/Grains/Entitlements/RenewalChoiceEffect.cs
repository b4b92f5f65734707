using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Entitlements;

/// <summary>
/// That what is bought is to be renewed: the row of <c>spending.renewal_choices</c>, in the purchase's commit.
/// </summary>
/// <param name="maxPrice">Of one renewal.</param>
internal sealed class RenewalChoiceEffect(Amount maxPrice) : IGroupedEffect
{
    private const string InsertSql = """
        INSERT INTO spending.renewal_choices (entitlement, is_on, max_price_micro, at, transaction_id)
        SELECT id, true, micro, $3, id FROM unnest($1::uuid[], $2::bigint[]) AS made (id, micro)
        """;

    /// <summary>Holds the choices that purchases have made against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.RenewalChoice, "spending.renewal_choices", """
        SELECT choice.transaction_id, max_price_micro,
            choice.is_on AND choice.entitlement = choice.transaction_id AND choice.at = commits.at
        FROM spending.renewal_choices choice
        LEFT JOIN ledger.transactions ON transactions.id = choice.transaction_id LEFT JOIN ledger.commits USING (sequence)
        WHERE choice.transaction_id IS NOT NULL ORDER BY choice.transaction_id
        """,
        row => Canonical(row.LongOrNull(1) ?? 0, !row.IsDBNull(2) && row.GetBoolean(2)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(maxPrice.Micro, isSound: true);

    private Amount MaxPrice => maxPrice;

    /// <summary>The highest price.</summary>
    public static byte[] Canonical(long maxPriceMicro, bool isSound) =>
        new CanonicalForm().Number(maxPriceMicro).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(InsertSql)
            .With(group.Column((RenewalChoiceEffect _, EffectContext context) => context.TransactionId))
            .With(group.Column((RenewalChoiceEffect effect, EffectContext _) => effect.MaxPrice.Micro))
            .With(group[0].Context.At.UtcDateTime));
}
