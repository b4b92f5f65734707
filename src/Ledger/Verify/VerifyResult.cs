namespace Stk.Ledger.Verify;

/// <summary>What a verification found.</summary>
/// <param name="Head">The journal's last commit, as stored.</param>
/// <param name="Fault">The first row that does not fit; null where all do.</param>
public sealed record VerifyResult(
    LedgerHead Head, long Commits, long Transactions, long Postings, long Accounts, long Effects, VerifyFault? Fault)
{
    public bool IsSound => Fault is null;
}

/// <summary>A row that does not fit what the rows before it say.</summary>
/// <param name="Table">As <c>ledger.postings</c>.</param>
/// <param name="Row">By its key: <c>sequence 7, position 0, line 1</c>.</param>
public sealed record VerifyFault(string Table, string Row, string Expected, string Found)
{
    public override string ToString() => $"{Table}, {Row}: expected {Expected}, found {Found}";
}
