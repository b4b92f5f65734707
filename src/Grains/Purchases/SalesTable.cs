using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Services;
using Stk.Grains.Paging;
using Stk.Storage.Sql;

namespace Stk.Grains.Purchases;

/// <summary>What participants have earned as recipients of services. Reads only.</summary>
internal sealed class SalesTable(NpgsqlDataSource database)
{
    private const string ReadSql = """
        SELECT purchase.id, purchase.at, purchase.service, purchase.version, part.role, part.amount_micro,
            EXISTS (SELECT FROM spending.refunds refund WHERE refund.purchase = purchase.id), part.place
        FROM spending.purchase_parts part
        JOIN spending.purchases purchase ON purchase.id = part.purchase
        WHERE part.recipient = $1 AND (purchase.at, purchase.id, part.place) < ($2, $3, $4)
            AND ($5::timestamptz IS NULL OR purchase.at >= $5) AND ($6::timestamptz IS NULL OR purchase.at < $6)
        ORDER BY purchase.at DESC, purchase.id DESC, part.place DESC LIMIT $7
        """;

    /// <summary>Newest first.</summary>
    public async Task<SalesPage> Read(long recipient, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("sales", string.Create(CultureInfo.InvariantCulture, $"{recipient}"));
        var before = new PlaceInTime(DateTimeOffset.MaxValue, Guid.AllBitsSet, short.MaxValue);
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        await using var command = database.CreateCommand(ReadSql)
            .With(recipient).With(before.At.UtcDateTime).With(before.Id).With(before.Place)
            .WithNullable(request.From?.UtcDateTime, NpgsqlDbType.TimestampTz)
            .WithNullable(request.Below?.UtcDateTime, NpgsqlDbType.TimestampTz)
            .With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var sales = new List<(SaleView Sale, short Place)>();
        while (await row.ReadAsync(cancellation))
        {
            sales.Add((
                new(
                    row.GetGuid(0), row.Instant(1), row.GetString(2), row.GetInt32(3), row.GetString(4),
                    new(row.GetInt64(5)), row.GetBoolean(6)),
                row.GetInt16(7)));
        }

        var shown = sales.Take(request.Limit).ToList();
        return new(
            [.. shown.Select(one => one.Sale)],
            sales.Count > request.Limit
                ? cursors.WritePlace(new(shown[^1].Sale.At, shown[^1].Sale.Purchase, shown[^1].Place))
                : null);
    }
}
