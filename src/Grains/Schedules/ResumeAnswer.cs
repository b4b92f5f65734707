using Stk.GrainInterfaces.Approvals;

namespace Stk.Grains.Schedules;

/// <summary>What asking to go on after a pause was answered.</summary>
/// <param name="Waiting">Null where nothing was paused.</param>
internal sealed record ResumeAnswer(ApprovalView? Waiting);
