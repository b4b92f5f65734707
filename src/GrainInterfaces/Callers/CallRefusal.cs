namespace Stk.GrainInterfaces.Callers;

/// <summary>Why a call is not taken. Sent: add at the end, never renumber.</summary>
public enum CallRefusal
{
    /// <summary>The method is for the silos alone, and nothing shows that a silo called.</summary>
    NotForClients = 0,

    /// <summary>No token came with the call, or none that is good here and now.</summary>
    NotProven = 1,

    /// <summary>The token is good, and its role or subject may not call this.</summary>
    NotAllowed = 2,

    /// <summary>The call says that it is somebody else's than its token.</summary>
    CallerMismatch = 3,
}
