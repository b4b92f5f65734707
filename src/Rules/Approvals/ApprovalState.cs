namespace Stk.Rules.Approvals;

/// <summary>Where an act stands that takes two persons. Stored and sent: add at the end, never renumber.</summary>
public enum ApprovalState : short
{
    /// <summary>For a second person.</summary>
    Waiting = 1,

    Approved = 2,
    Rejected = 3,

    /// <summary>Nobody has decided in time: it is done by nobody any more.</summary>
    Expired = 4,
}
