namespace Stk.Rules.Wallets;

/// <summary>Why a wallet's request is not done. Sent: add at the end, never renumber.</summary>
public enum WalletRefusal
{
    /// <summary>This installation pays nothing out: it has no nodes, or does not know STK's own addresses.</summary>
    SettlementOff = 1,

    /// <summary>No node of Solana has answered: asked again later, it is done.</summary>
    ChainSilent = 2,

    /// <summary>Nobody has this id.</summary>
    UnknownParticipant = 3,

    /// <summary>Whoever asks has signed in too long ago.</summary>
    LoginNotFresh = 4,

    /// <summary>A member cannot be read.</summary>
    Malformed = 5,

    /// <summary>
    /// There is no such challenge, it was used or is of another, it has expired, or what was signed is something else.
    /// </summary>
    ChallengeInvalid = 6,

    /// <summary>The address is none that STK may be paid to.</summary>
    NotAllowed = 7,

    /// <summary>Another participant has linked it.</summary>
    InUse = 8,

    /// <summary>Nothing is linked.</summary>
    NoWallet = 9,
}
