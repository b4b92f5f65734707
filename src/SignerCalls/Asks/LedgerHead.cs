namespace Stk.SignerCalls.Asks;

/// <summary>Where the ledger stood when something was asked for.</summary>
/// <param name="Sequence">Of the last commit.</param>
/// <param name="Hash">Of that commit, in hex.</param>
public sealed record LedgerHead(long Sequence, string Hash);
