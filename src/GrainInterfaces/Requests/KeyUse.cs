namespace Stk.GrainInterfaces.Requests;

/// <summary>What a request's key was found to be. Sent: add at the end, never renumber.</summary>
public enum KeyUse
{
    /// <summary>New, or none was given: it was done now.</summary>
    First = 0,

    /// <summary>Of an earlier copy: its answer, given again.</summary>
    Replay = 1,

    /// <summary>Of another body: nothing was done, and the reply shows what stands.</summary>
    Reused = 2,
}
