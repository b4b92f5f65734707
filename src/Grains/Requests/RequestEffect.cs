using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.Ledger.Effects;
using Stk.Storage.Sql;

namespace Stk.Grains.Requests;

/// <summary>The row of <c>spending.requests</c> that says which request a transaction has answered.</summary>
internal sealed class RequestEffect(RequestKey key) : IGroupedEffect
{
    private const string InsertSql = """
        INSERT INTO spending.requests (id, fingerprint, transaction_id, at)
        SELECT made.*, $4 FROM unnest($1::uuid[], $2::bytea[], $3::uuid[]) AS made
        """;

    /// <summary>Holds <c>spending.requests</c> against the journal: those that have made a transaction.</summary>
    public static IEffectCheck Check { get; } = new RowCheck(EffectKind.Request, "spending.requests", """
        SELECT transaction_id, id, fingerprint FROM spending.requests
        WHERE transaction_id IS NOT NULL ORDER BY transaction_id
        """,
        row => Canonical(row.GetGuid(1), row.GetFieldValue<byte[]>(2)));

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(key.Id, key.Fingerprint);

    /// <summary>The request's id, then its fingerprint (32 bytes).</summary>
    public static byte[] Canonical(Guid id, byte[] fingerprint) => new CanonicalForm().Id(id).Bytes(fingerprint).ToArray();

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group) => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(InsertSql)
            .With(group.Column((RequestEffect effect, EffectContext _) => effect.Key.Id))
            .With(group.Column((RequestEffect effect, EffectContext _) => effect.Key.Fingerprint))
            .With(group.Column((RequestEffect _, EffectContext context) => context.TransactionId))
            .With(group[0].Context.At.UtcDateTime));

    private RequestKey Key => key;
}
