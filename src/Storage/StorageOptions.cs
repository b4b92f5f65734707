using System.ComponentModel.DataAnnotations;

namespace Stk.Storage;

/// <summary>Where the database is, and how long it may be waited for.</summary>
public sealed class StorageOptions
{
    public const string Section = "Stk:Storage";

    /// <summary>Npgsql's form; names a host and a database.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Most connections of a silo for all but its writers and Orleans' own, where the connection string names no
    /// <c>Maximum Pool Size</c>: what the server allows is shared by all silos.
    /// </summary>
    [Range(4, 1_000)]
    public int ConnectionsMax { get; set; } = 30;

    /// <summary>Longest statement outside the writers: a week's aggregate takes minutes. Unit: seconds.</summary>
    [Range(1, 86_400)]
    public int StatementTimeoutSeconds { get; set; } = 900;

    /// <summary>Longest pause inside a transaction outside the writers. Unit: seconds.</summary>
    [Range(1, 3_600)]
    public int IdleInTransactionSeconds { get; set; } = 60;

    /// <summary>Longest wait for a lock, everywhere. Unit: milliseconds.</summary>
    [Range(100, 60_000)]
    public int LockTimeoutMs { get; set; } = 5_000;

    /// <summary>Longest statement of a writer. Unit: milliseconds.</summary>
    [Range(100, 120_000)]
    public int WriterStatementTimeoutMs { get; set; } = 15_000;

    /// <summary>
    /// Longest pause of a writer inside its transaction: a silo that stands still must not hold the others.
    /// Unit: milliseconds.
    /// </summary>
    [Range(100, 60_000)]
    public int WriterIdleInTransactionMs { get; set; } = 2_000;
}
