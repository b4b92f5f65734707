using Npgsql;
using Stk.Testing;

namespace Stk.Torture.Checks;

/// <summary>Reads for the checks, straight from the database, with its owner's rights.</summary>
internal static class Rows
{
    public static async Task<List<T>> Read<T>(this NpgsqlDataSource database, string sql, Func<NpgsqlDataReader, T> row)
    {
        var rows = new List<T>();
#pragma warning disable CA2100 // The checks write their own SQL.
        await using var command = database.CreateCommand(sql);
#pragma warning restore CA2100
        command.CommandTimeout = (int)HangLimit.Step.TotalSeconds;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>The statement's rows are problems, a sentence each in their first column.</summary>
    public static Task<List<string>> Problems(this NpgsqlDataSource database, string sql) =>
        database.Read(sql, row => row.GetString(0));

    public static async Task<long> Count(this NpgsqlDataSource database, string sql) =>
        (await database.Read(sql, row => row.GetInt64(0)))[0];
}
