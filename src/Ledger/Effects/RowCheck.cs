using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Stk.Ledger.Effects;

/// <summary>A sort of effect of which each is one row.</summary>
/// <param name="sql">Constant; ordered by the transaction's id, which is the first column.</param>
/// <param name="canonical">The bytes of the effect that has written a row.</param>
public sealed class RowCheck(EffectKind kind, string table, string sql, Func<NpgsqlDataReader, byte[]> canonical)
    : IEffectCheck
{
    public EffectKind Kind => kind;

    public string Table => table;

    [SuppressMessage("Security", "CA2100", Justification = "Every effect passes a constant.")]
    public async IAsyncEnumerable<StoredEffect> Read(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new(row.GetGuid(0), canonical(row));
        }
    }
}
