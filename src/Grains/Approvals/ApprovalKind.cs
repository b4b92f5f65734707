using System.Text.Json;

namespace Stk.Grains.Approvals;

/// <inheritdoc cref="IApprovalKind"/>
/// <typeparam name="TAct">What exactly is done, as it is stored and shown: JSON.</typeparam>
internal abstract class ApprovalKind<TAct>(string name) : IApprovalKind
    where TAct : class
{
    public string Name => name;

    public Task<ActPlan> Plan(Approval approval, CancellationToken cancellation) =>
        Plan(Act(approval), approval, cancellation);

    public Task After(Approval approval) => After(Act(approval), approval);

    protected abstract Task<ActPlan> Plan(TAct act, Approval approval, CancellationToken cancellation);

    protected virtual Task After(TAct act, Approval approval) => Task.CompletedTask;

    private static TAct Act(Approval approval) => JsonSerializer.Deserialize<TAct>(approval.Asked.Act, ApprovalDesk.Json)
        ?? throw new InvalidOperationException($"the act of approval {approval.Asked.Id} is null");
}
