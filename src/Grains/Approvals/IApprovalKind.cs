namespace Stk.Grains.Approvals;

/// <summary>
/// One kind of act that takes two persons. A topic that has one declares it, registers it, and asks at the desk: nothing
/// else is common.
/// </summary>
internal interface IApprovalKind
{
    /// <summary>For ever: stored, and shown to clients. <c>rules.announce</c>.</summary>
    string Name { get; }

    /// <summary>What an approved act comes to now; asked again where the world has changed before it was done.</summary>
    Task<ActPlan> Plan(Approval approval, CancellationToken cancellation);

    /// <summary>
    /// Follows the commit of the approval, and each later copy of it: tells an actor of it. What it does must be harmless
    /// twice, and need not be done at all where the actor finds out by itself.
    /// </summary>
    Task After(Approval approval);
}
