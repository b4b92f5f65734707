using Stk.Client.Approvals;

namespace Stk.Client.Spending;

/// <inheritdoc/>
internal sealed class RefundAnswerJson : WaitingOrDoneJson<RefundAnswer, Refund>
{
    protected override RefundAnswer Waiting(Approval approval) => new RefundAnswer.Waiting(approval);

    protected override RefundAnswer Done(Refund done) => new RefundAnswer.Done(done);

    protected override object Shown(RefundAnswer answer) =>
        answer is RefundAnswer.Waiting { Approval: var waiting } ? waiting : ((RefundAnswer.Done)answer).Refund;
}
