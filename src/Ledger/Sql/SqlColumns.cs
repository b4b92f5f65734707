using Npgsql;
using NpgsqlTypes;

namespace Stk.Ledger.Sql;

/// <summary>Typed parameters, in the order of $1, $2, ... One array a column: a statement a table, not a row.</summary>
internal static class SqlColumns
{
    public static NpgsqlBatchCommand Add<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlCommand Add<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlCommand AddNullable<T>(this NpgsqlCommand command, T? value, NpgsqlDbType type)
        where T : struct
    {
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    public static TColumn[] Column<TRow, TColumn>(this IReadOnlyList<TRow> rows, Func<TRow, TColumn> value)
    {
        var column = new TColumn[rows.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(rows[i]);
        }

        return column;
    }
}
