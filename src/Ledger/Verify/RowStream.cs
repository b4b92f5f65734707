using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Ledger.Verify;

/// <summary>Rows of an ordered query, one ahead: what comes next can be looked at before it is taken.</summary>
internal sealed class RowStream<TRow> : IAsyncDisposable
    where TRow : class
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlDataReader _reader;
    private readonly Func<NpgsqlDataReader, TRow> _row;

    private RowStream(NpgsqlCommand command, NpgsqlDataReader reader, Func<NpgsqlDataReader, TRow> row)
    {
        _command = command;
        _reader = reader;
        _row = row;
    }

    /// <summary>Null at the end.</summary>
    public TRow? Next { get; private set; }

    public long Count { get; private set; }

    /// <param name="parameter">The query's one; null where it has none.</param>
    [SuppressMessage("Security", "CA2100", Justification = "Every caller passes a constant.")]
    public static async Task<RowStream<TRow>> Open(
        Snapshot snapshot, string sql, Func<NpgsqlDataReader, TRow> row, CancellationToken cancellation,
        long? parameter = null)
    {
        var command = new NpgsqlCommand(sql, await snapshot.Open(cancellation)) { CommandTimeout = 0 };
        if (parameter is { } value)
        {
            command.With(value);
        }

        var stream = new RowStream<TRow>(command, await command.ExecuteReaderAsync(cancellation), row);
        await stream.Fetch(cancellation);
        return stream;
    }

    public async Task Take(CancellationToken cancellation)
    {
        Count++;
        await Fetch(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }

    private async Task Fetch(CancellationToken cancellation) =>
        Next = await _reader.ReadAsync(cancellation) ? _row(_reader) : null;
}
