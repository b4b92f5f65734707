using System.ComponentModel.DataAnnotations;

namespace Stk.Ledger.Writer;

public sealed class LedgerOptions
{
    public const string Section = "Stk:Ledger";

    /// <summary>Most postings in one commit. Unit: postings.</summary>
    [Range(2, 20_000)]
    public int CommitPostingsMax { get; set; } = 2_000;

    /// <summary>Most transactions waiting of each priority; past it, busy. Unit: transactions.</summary>
    [Range(1, 1_000_000)]
    public int WaitingMax { get; set; } = 10_000;

    /// <summary>
    /// A transaction that has waited longer is refused as busy before its commit begins: less than a caller's patience.
    /// Unit: milliseconds.
    /// </summary>
    [Range(100, 600_000)]
    public int WaitMaxMs { get; set; } = 8_000;

    /// <summary>How long a commit is tried again before its callers are told. Unit: milliseconds.</summary>
    [Range(0, 600_000)]
    public int RetryForMs { get; set; } = 10_000;

    /// <summary>How long a refusal is kept and given again. Unit: days, by the database's clock.</summary>
    [Range(1, 3_650)]
    public int RefusalDays { get; set; } = 30;
}
