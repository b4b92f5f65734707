namespace Stk.Solana.SignIn;

/// <summary>What a wallet's answer to a challenge is worth.</summary>
public enum SignInVerdict
{
    Valid = 1,

    /// <summary>Answered too late.</summary>
    Expired = 2,

    /// <summary>Answered before it was asked: a clock is wrong.</summary>
    NotYetIssued = 3,

    /// <summary>Another wallet than the one that was asked.</summary>
    OtherKey = 4,

    /// <summary>The text names another domain: signed for somebody else's page.</summary>
    OtherDomain = 5,

    /// <summary>The answer to another challenge.</summary>
    OtherNonce = 6,

    /// <summary>The text differs from the challenge in something else.</summary>
    OtherText = 7,

    /// <summary>The text is right and the signature is not of this key.</summary>
    WrongSignature = 8,
}
