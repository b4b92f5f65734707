using Npgsql;
using Stk.Grains.Suspensions;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Purchases;

/// <summary>The row of <c>spending.purchases</c> that says who bought which version of what.</summary>
internal sealed class PurchaseEffect(long buyer, string service, int version, Amount price) : IGroupedEffect
{
    private const string InsertSql = """
        INSERT INTO spending.purchases (id, buyer, service, version, price_micro, at)
        SELECT made.*, $6 FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::integer[], $5::bigint[]) AS made
        """;

    /// <summary>Holds <c>spending.purchases</c> against the journal.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Purchase, "spending.purchases", """
        SELECT purchase.id, buyer, service, version, price_micro, purchase.at = commits.at
        FROM spending.purchases purchase
        LEFT JOIN ledger.transactions ON transactions.id = purchase.id LEFT JOIN ledger.commits USING (sequence)
        ORDER BY purchase.id
        """,
        row => Canonical(
            row.GetInt64(1), row.GetString(2), row.GetInt32(3), row.GetInt64(4), !row.IsDBNull(5) && row.GetBoolean(5)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(buyer, service, version, price.Micro, isSound: true);

    private long Buyer => buyer;

    private string Service => service;

    private int Version => version;

    private Amount Price => price;

    /// <summary>Buyer (8), service (text), version (4), price (8). The time is the commit's.</summary>
    public static byte[] Canonical(long buyer, string service, int version, long priceMicro, bool isSound) =>
        new CanonicalForm().Number(buyer).Text(service).Small(version).Number(priceMicro).Unless(isSound).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group)
    {
        batch.BatchCommands.Add(
            SuspensionTable.ExpectNone(group.Column((PurchaseEffect effect, EffectContext _) => effect.Buyer)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(group.Column((PurchaseEffect _, EffectContext context) => context.TransactionId))
            .With(group.Column((PurchaseEffect effect, EffectContext _) => effect.Buyer))
            .With(group.Column((PurchaseEffect effect, EffectContext _) => effect.Service))
            .With(group.Column((PurchaseEffect effect, EffectContext _) => effect.Version))
            .With(group.Column((PurchaseEffect effect, EffectContext _) => effect.Price.Micro))
            .With(group[0].Context.At.UtcDateTime));
    }
}
