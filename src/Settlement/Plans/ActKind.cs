namespace Stk.Settlement.Plans;

/// <summary>What we do on chain. Stored: add at the end, never renumber.</summary>
public enum ActKind
{
    /// <summary>A batch of payouts, from the float.</summary>
    Payouts = 1,

    /// <summary>New tokens into the vault, of what the ledger has issued.</summary>
    Mint = 2,

    /// <summary>From the vault to the float.</summary>
    Refill = 3,

    /// <summary>Out of the vault and out of the supply.</summary>
    Burn = 4,

    /// <summary>A text, which moves nothing.</summary>
    Memo = 5,

    /// <summary>From the vault back to whom a deposit came from that is nobody's.</summary>
    Return = 6,
}
