namespace Stk.Settlement.Acts;

/// <summary>Where a chain act stands. Stored: add at the end, never renumber.</summary>
public enum ActState
{
    /// <summary>Nothing is signed.</summary>
    Planned = 1,

    /// <summary>The bytes are stored and may be sent.</summary>
#pragma warning disable CA1720 // A signed transaction, not a signed number: the word of the protocol.
    Signed = 2,
#pragma warning restore CA1720

    /// <summary>The bytes were sent at least once. They are sent again until there is finality or proof.</summary>
    Sent = 3,

    /// <summary>It has landed for ever, and moved what was planned.</summary>
    Finalized = 4,

    /// <summary>It has failed for ever: nothing moved. Or a trial run says so before anything was sent.</summary>
    Failed = 5,

    /// <summary>It may have landed or not. Nothing new is signed.</summary>
    Uncertain = 6,

    /// <summary>It is proved that the last attempt can never land. A new one may be signed.</summary>
    Expired = 7,
}
