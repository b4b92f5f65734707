namespace Stk.Ledger.Signing;

/// <summary>What the silos sign. In the signed bytes: add at the end, never renumber.</summary>
public enum SignedChain : short
{
    /// <summary>The commits of the ledger.</summary>
    Ledger = 1,

    /// <summary>The log of what operators do.</summary>
    OperatorsLog = 2,
}
