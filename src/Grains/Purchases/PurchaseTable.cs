using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Grains.Purchases;

/// <summary>
/// Purchases as they are stored: <c>spending.purchases</c>, <c>purchase_parts</c>, <c>refunds</c> and their entitlement,
/// read; the effects write them.
/// </summary>
internal sealed class PurchaseTable(NpgsqlDataSource database)
{
    private const string ReadSql = """
        SELECT commit.sequence, purchase.at, purchase.buyer, coalesce(buyer.id, 'erased-' || purchase.buyer),
            purchase.service, purchase.version, purchase.price_micro, entitlement.begins_at, entitlement.ends_at,
            entitlement.sessions, entitlement.used, entitlement.ended_at, refund.at, entitlement.first,
            choice.max_price_micro
        FROM spending.purchases purchase
        JOIN ledger.transactions ON transactions.id = purchase.id
        JOIN ledger.commits commit ON commit.sequence = transactions.sequence
        JOIN spending.entitlements entitlement ON entitlement.id = purchase.id
        LEFT JOIN activity.participants buyer ON buyer.number = purchase.buyer
        LEFT JOIN spending.refunds refund ON refund.purchase = purchase.id
        LEFT JOIN spending.renewal_choices choice ON choice.transaction_id = purchase.id
        WHERE purchase.id = $1
        """;

    private const string PartsSql = """
        SELECT part.role, part.recipient,
            CASE WHEN part.recipient IS NULL THEN NULL ELSE coalesce(recipient.id, 'erased-' || part.recipient) END,
            part.amount_micro
        FROM spending.purchase_parts part
        LEFT JOIN activity.participants recipient ON recipient.number = part.recipient
        WHERE part.purchase = $1 ORDER BY part.place
        """;

    private const string RefundSql = """
        SELECT commit.sequence, refund.at, refund.purchase, purchase.price_micro
        FROM spending.refunds refund
        JOIN spending.purchases purchase ON purchase.id = refund.purchase
        JOIN ledger.transactions ON transactions.id = refund.id
        JOIN ledger.commits commit ON commit.sequence = transactions.sequence
        WHERE refund.id = $1
        """;

    /// <summary>Null where there is none.</summary>
    public async Task<StoredPurchase?> Read(Guid id, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadSql).With(id));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PartsSql).With(id));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
        {
            return null;
        }

        var buyer = row.GetInt64(2);
        var view = new PurchaseView(
            id, row.GetInt64(0), row.Instant(1), row.GetString(3), row.GetString(4), row.GetInt32(5),
            new(row.GetInt64(6)), [],
            new(
                id, row.GetString(4), row.Instant(7), row.InstantOrNull(8),
                row.IntOrNull(9), row.GetInt32(10), row.InstantOrNull(11), row.IdOrNull(13),
                row.LongOrNull(14) is { } micro ? new Amount(micro) : null),
            row.InstantOrNull(12));
        await row.NextResultAsync(cancellation);
        var shown = ImmutableArray.CreateBuilder<PurchasePart>();
        var paid = ImmutableArray.CreateBuilder<PaidPart>();
        while (await row.ReadAsync(cancellation))
        {
            var amount = new Amount(row.GetInt64(3));
            shown.Add(new(row.GetString(0), row.TextOrNull(2), amount));
            paid.Add(new(row.GetString(0), row.LongOrNull(1), amount));
        }

        return new(buyer, view with { Parts = shown.DrainToImmutable() }, paid.DrainToImmutable());
    }

    /// <summary>A purchase as it was answered: as if nothing had become of it since.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<PurchaseView> ReadFirst(Guid id, CancellationToken cancellation)
    {
        var stored = await Read(id, cancellation)
            ?? throw new InvalidOperationException($"request {id} was done, and there is no purchase of this id");
        return stored.View with
        {
            Entitlement = stored.View.Entitlement with { Used = 0, EndedAt = null },
            RefundedAt = null,
        };
    }

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<RefundView> ReadRefund(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(RefundSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(id, row.GetInt64(0), row.Instant(1), row.GetGuid(2), new(row.GetInt64(3)))
            : throw new InvalidOperationException($"request {id} was done, and there is no refund of this id");
    }
}

/// <param name="Buyer">The participant's number.</param>
/// <param name="Paid">The parts by the recipients' numbers, in the same order as the view's.</param>
internal sealed record StoredPurchase(long Buyer, PurchaseView View, ImmutableArray<PaidPart> Paid);
