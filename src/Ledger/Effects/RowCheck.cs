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

    public IAsyncEnumerable<StoredEffect> Read(NpgsqlConnection connection, CancellationToken cancellation) =>
        CursorRows.Read(connection, sql, row => new StoredEffect(row.GetGuid(0), canonical(row)), cancellation);
}
