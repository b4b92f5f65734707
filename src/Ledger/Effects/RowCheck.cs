using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Stk.Ledger.Effects;

/// <summary>Reads effects back of which each is one row.</summary>
/// <param name="sql">Constant; ordered by the transaction's id, which is the first column.</param>
public abstract class RowCheck(short kind, string table, string sql) : IEffectCheck
{
    public short Kind => kind;

    public string Table => table;

    [SuppressMessage("Security", "CA2100", Justification = "Every class below passes a constant.")]
    public async IAsyncEnumerable<StoredEffect> Read(
        NpgsqlConnection connection, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new(row.GetGuid(0), Canonical(row));
        }
    }

    /// <summary>The bytes of the effect that has written the row.</summary>
    protected abstract byte[] Canonical(NpgsqlDataReader row);
}
