using System.Collections.Immutable;

namespace Stk.Ledger.Verify;

/// <summary>What a verification found.</summary>
/// <param name="Head">The journal's last commit, as stored.</param>
/// <param name="Faults">The first row of each aspect that does not fit, in the order found; empty where all do.</param>
public sealed record VerifyResult(
    LedgerHead Head, long Commits, long Transactions, long Postings, long Accounts, long Effects,
    ImmutableArray<VerifyFault> Faults)
{
    public bool IsSound => Faults.IsEmpty;

    /// <summary>The first row that does not fit; null where all do.</summary>
    public VerifyFault? Fault => Faults.FirstOrDefault();
}

/// <summary>A row that does not fit what the rows before it say.</summary>
/// <param name="Table">As <c>ledger.postings</c>.</param>
/// <param name="Row">By its key: <c>sequence 7, position 0, line 1</c>.</param>
public sealed record VerifyFault(VerifyAspect Aspect, string Table, string Row, string Expected, string Found)
{
    public override string ToString() => $"{Table}, {Row}: expected {Expected}, found {Found}";
}

/// <summary>What a fault is one of.</summary>
public enum VerifyAspect
{
    /// <summary>Order, completeness and hashes. The walk ends at such a fault: nothing after it can be told.</summary>
    Journal = 1,

    /// <summary>A balance that its postings do not make.</summary>
    Balances = 2,

    /// <summary>Effects that are not those that were posted.</summary>
    Effects = 3,

    /// <summary>A commit without a valid signature.</summary>
    Signatures = 4,
}
