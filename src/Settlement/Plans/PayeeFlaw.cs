namespace Stk.Settlement.Plans;

/// <summary>Why a payout cannot be paid. Stored: add at the end, never renumber.</summary>
public enum PayeeFlaw
{
    /// <summary>The person has ended the wallet's link.</summary>
    WalletClosed = 1,

    /// <summary>A program owns the wallet's address, or it holds data.</summary>
    NotSystemOwned = 2,

    /// <summary>The wallet's token account belongs to somebody else now, or is of another program or mint.</summary>
    TokenAccountOwnerChanged = 3,

    /// <summary>The token account was closed, and we pay for making one only once.</summary>
    TokenAccountMissing = 4,

    /// <summary>The signer signs no payout of this size.</summary>
    AboveMaximum = 5,
}
