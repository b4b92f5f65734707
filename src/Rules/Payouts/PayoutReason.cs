namespace Stk.Rules.Payouts;

/// <summary>Why a payout was returned. Stored: add at the end, never renumber.</summary>
public enum PayoutReason : short
{
    /// <summary>The person has ended the wallet's link.</summary>
    WalletClosed = 1,

    /// <summary>A program owns the wallet's address, or it holds data.</summary>
    NotSystemOwned = 2,

    /// <summary>The wallet's token account belongs to somebody else now, or is of another program or mint.</summary>
    TokenAccountOwnerChanged = 3,

    /// <summary>The token account was closed, and we pay for making one only once.</summary>
    TokenAccountMissing = 4,

    /// <summary>Its owner has called it off.</summary>
    CalledOff = 5,

    /// <summary>It is above what one payout may be.</summary>
    AboveMaximum = 6,
}
