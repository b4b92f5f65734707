namespace Stk.Rules.Wallets;

/// <summary>How a wallet shows that its holder links it. Stored and sent: add at the end, never renumber.</summary>
public enum ProofForm
{
    /// <summary>A text is signed: Sign-In With Solana.</summary>
    Message = 1,

    /// <summary>
    /// A transaction is signed that holds the text and can never land: for wallets that sign nothing else, as many do whose
    /// key is in a device.
    /// </summary>
    Transaction = 2,
}
