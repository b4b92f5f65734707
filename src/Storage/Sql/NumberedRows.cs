using Npgsql;

namespace Stk.Storage.Sql;

/// <summary>
/// Rows numbered from 1 without a gap, which are seen in their order: whoever follows them passes none over. The lock is
/// held to the end of the transaction that adds one.
/// </summary>
public static class NumberedRows
{
    /// <summary>The next number, in a SELECT from the table itself.</summary>
    public const string Next = "coalesce(max(number), 0) + 1";

    private const string LockSql = "SELECT pg_advisory_xact_lock($1)";

    /// <summary>The command before the one that takes a number.</summary>
    public static NpgsqlBatchCommand Lock(NumberedTable table) => new NpgsqlBatchCommand(LockSql).With((long)table);
}
