using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Ledger.Verify;

namespace Stk.Verification;

/// <summary>An invariant that a query can look for: its rows are what breaks it.</summary>
/// <param name="sql">Constant. Gives table, row, expected and found, all text.</param>
internal abstract class SqlInvariant(string name, string statement, string sql) : IInvariant
{
    public string Name => name;

    public string Statement => statement;

    [SuppressMessage("Security", "CA2100", Justification = "Every class below passes a constant.")]
    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, snapshot.Connection) { CommandTimeout = 0 };
        AddParameters(command);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            yield return new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3));
        }
    }

    /// <summary>Gives the query what it asks for as $1, $2, ...</summary>
    protected virtual void AddParameters(NpgsqlCommand command) { }
}
