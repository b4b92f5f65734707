using Stk.Ledger.Accounts;

namespace Stk.Ledger;

/// <summary>
/// Hears of the commits of this process's writer, each before its callers are answered. Those of other processes, and one
/// whose outcome was open for a while, it hears of only by following the journal.
/// </summary>
public interface ICommitListener
{
    /// <summary>Fast, and without I/O: callers wait for it.</summary>
    /// <param name="changed">Each account once, its balance after the commit.</param>
    void Committed(IReadOnlyList<AccountState> changed);
}
