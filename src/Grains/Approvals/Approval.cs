using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.Registry;

namespace Stk.Grains.Approvals;

/// <summary>A second person's yes, which a kind is about to carry out.</summary>
/// <param name="Asked">What waits.</param>
/// <param name="AskedByPerson">Who asked, by the register.</param>
/// <param name="Key">Of the request that approves.</param>
/// <param name="By">The second person.</param>
/// <param name="At">By the economy's clock.</param>
internal sealed record Approval(
    ApprovalView Asked, string AskedByPerson, RequestKey Key, ActingPerson By, string Reason, DateTimeOffset At);
