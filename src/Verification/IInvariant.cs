using Stk.Ledger.Verify;

namespace Stk.Verification;

/// <summary>What holds at every moment, whatever was killed, lost or sent twice. Read only.</summary>
public interface IInvariant
{
    /// <summary><c>I3</c>; where several look after one, they share its name.</summary>
    string Name { get; }

    /// <summary>What holds, in a sentence.</summary>
    string Statement { get; }

    /// <summary>What breaks it, as it was at the snapshot; nothing where it holds.</summary>
    IAsyncEnumerable<Violation> Check(Snapshot snapshot, CancellationToken cancellation);
}

/// <param name="Table">As <c>ledger.postings</c>.</param>
/// <param name="Row">By its key.</param>
public sealed record Violation(string Table, string Row, string Expected, string Found)
{
    public override string ToString() => $"{Table}, {Row}: expected {Expected}, found {Found}";
}
