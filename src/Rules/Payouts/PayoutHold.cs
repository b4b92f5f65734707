namespace Stk.Rules.Payouts;

/// <summary>What payouts wait for. Stored and sent: add at the end, never renumber.</summary>
public enum PayoutHold : short
{
    /// <summary>The float holds less than they need.</summary>
    PayoutFloat = 1,

    /// <summary>Too few nodes of Solana answer.</summary>
    Chain = 2,

    /// <summary>Nothing answers that can sign.</summary>
    Signer = 3,

    /// <summary>As much as may leave on one day has left.</summary>
    DayCap = 4,

    /// <summary>The signer has known the wallet for too short a time.</summary>
    Wallet = 5,

    /// <summary>The signer refuses it, and operators look at it.</summary>
    Review = 6,

    /// <summary>The float has too few lamports for fees and accounts.</summary>
    Lamports = 7,
}
