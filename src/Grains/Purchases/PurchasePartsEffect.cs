using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Effects;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Purchases;

/// <summary>Who gets which part of a price.</summary>
/// <param name="Recipient">A participant's number; null for the treasury.</param>
internal readonly record struct PaidPart(string Role, long? Recipient, Amount Amount);

/// <summary>The rows of <c>spending.purchase_parts</c>, in the split's order.</summary>
/// <param name="parts">At least one.</param>
internal sealed class PurchasePartsEffect(ImmutableArray<PaidPart> parts) : IGroupedEffect
{
    private const string InsertSql = """
        INSERT INTO spending.purchase_parts (purchase, place, role, recipient, amount_micro)
        SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::bigint[], $5::bigint[])
        """;

    /// <inheritdoc cref="PurchasePartsCheck"/>
    public static IEffectCheck Check { get; } = new PurchasePartsCheck();

    public EffectKind Kind => Check.Kind;

    public ReadOnlyMemory<byte> CanonicalBytes { get; } = Canonical(parts);

    private ImmutableArray<PaidPart> Parts => parts;

    /// <summary>A part after another: role (text), recipient (8; 0 for the treasury), amount (8).</summary>
    public static byte[] Canonical(IEnumerable<PaidPart> parts)
    {
        var form = new CanonicalForm();
        foreach (var part in parts)
        {
            form.Text(part.Role).Number(part.Recipient ?? 0).Number(part.Amount.Micro);
        }

        return form.ToArray();
    }

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<PostedEffect> group)
    {
        var rows = group.SelectMany(posted => ((PurchasePartsEffect)posted.Effect).Parts
            .Select((part, place) => (Purchase: posted.Context.TransactionId, Place: (short)place, Part: part))).ToList();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(rows.Select(row => row.Purchase).ToArray())
            .With(rows.Select(row => row.Place).ToArray())
            .With(rows.Select(row => row.Part.Role).ToArray())
            .With(rows.Select(row => row.Part.Recipient).ToArray())
            .With(rows.Select(row => row.Part.Amount.Micro).ToArray()));
    }
}

/// <summary>Holds <c>spending.purchase_parts</c> against the journal.</summary>
internal sealed class PurchasePartsCheck : IEffectCheck
{
    private const string Sql = """
        SELECT purchase, place, role, recipient, amount_micro FROM spending.purchase_parts ORDER BY purchase, place
        """;

    public EffectKind Kind => EffectKind.PurchaseParts;

    public string Table => "spending.purchase_parts";

    public async IAsyncEnumerable<StoredEffect> Read(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var parts = new List<PaidPart>();
        Guid? purchase = null;
        await foreach (var row in CursorRows.Read(connection, Sql, PartRow.Of, cancellation))
        {
            if (purchase is { } before && before != row.Purchase)
            {
                yield return new(before, PurchasePartsEffect.Canonical(parts));
                parts.Clear();
            }

            purchase = row.Purchase;
            // A gap in the places is no split's order.
            parts.Add(new(row.Place == parts.Count ? row.Role : "out of place", row.Recipient, new(row.AmountMicro)));
        }

        if (purchase is { } last)
        {
            yield return new(last, PurchasePartsEffect.Canonical(parts));
        }
    }

    private readonly record struct PartRow(Guid Purchase, short Place, string Role, long? Recipient, long AmountMicro)
    {
        public static PartRow Of(NpgsqlDataReader row) =>
            new(row.GetGuid(0), row.GetInt16(1), row.GetString(2), row.LongOrNull(3), row.GetInt64(4));
    }
}
