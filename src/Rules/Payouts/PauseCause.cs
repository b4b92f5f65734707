namespace Stk.Rules.Payouts;

/// <summary>Why payouts are paused. Stored and sent: add at the end, never renumber.</summary>
public enum PauseCause : short
{
    /// <summary>An operator has said so, and one ends it.</summary>
    ByOperator = 1,

    /// <summary>Ledger and chain differ. Two persons end it.</summary>
    Mismatch = 2,

    /// <summary>The ledger is older than what was signed. Two persons end it.</summary>
    Recovery = 3,
}
