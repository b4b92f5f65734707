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
}
