using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Stk.Ledger.Effects;

/// <summary>
/// The rows of a query through a cursor of its own, some hundred at a time: many tables are read beside each other over one
/// connection, which is inside a transaction.
/// </summary>
public static class CursorRows
{
    private const int AtOnce = 500;

    /// <param name="sql">Constant.</param>
    [SuppressMessage("Security", "CA2100", Justification = "Every caller passes a constant; the cursor's name is a number.")]
    public static async IAsyncEnumerable<TRow> Read<TRow>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, TRow> row,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cursor = string.Create(CultureInfo.InvariantCulture, $"rows_{Guid.CreateVersion7():N}");
        await using (var declare = new NpgsqlCommand($"DECLARE {cursor} NO SCROLL CURSOR FOR {sql}", connection))
        {
            declare.CommandTimeout = 0;
            await declare.ExecuteNonQueryAsync(cancellation);
        }

        var rows = new List<TRow>(AtOnce);
        do
        {
            rows.Clear();
            await Fetch(rows);
            foreach (var one in rows)
            {
                yield return one;
            }
        }
        while (rows.Count == AtOnce);

        await using var close = new NpgsqlCommand($"CLOSE {cursor}", connection);
        await close.ExecuteNonQueryAsync(cancellation);

        // Whole, before anybody else's rows are asked for.
        async Task Fetch(List<TRow> into)
        {
            await using var fetch = new NpgsqlCommand(
                string.Create(CultureInfo.InvariantCulture, $"FETCH FORWARD {AtOnce} FROM {cursor}"), connection)
            {
                CommandTimeout = 0,
            };
            await using var reader = await fetch.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                into.Add(row(reader));
            }
        }
    }
}
