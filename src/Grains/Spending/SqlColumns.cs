using Npgsql;
using NpgsqlTypes;
using Stk.Ledger.Machine;

namespace Stk.Grains.Spending;

/// <summary>Typed parameters in the order of $1, $2, ...; one array a column.</summary>
internal static class SqlColumns
{
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    public static NpgsqlBatchCommand WithNullable(this NpgsqlBatchCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    public static NpgsqlCommand WithNullable(this NpgsqlCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    /// <summary>A value of each effect of a group.</summary>
    public static TColumn[] Column<TEffect, TColumn>(
        this IReadOnlyList<PostedEffect> group, Func<TEffect, EffectContext, TColumn> value)
        where TEffect : IEffect
    {
        var column = new TColumn[group.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value((TEffect)group[i].Effect, group[i].Context);
        }

        return column;
    }
}
