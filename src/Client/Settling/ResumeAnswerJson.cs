using Stk.Client.Approvals;

namespace Stk.Client.Settling;

/// <inheritdoc/>
internal sealed class ResumeAnswerJson : WaitingOrDoneJson<ResumeAnswer, SteeredSettlement>
{
    protected override ResumeAnswer Waiting(Approval approval) => new ResumeAnswer.Waiting(approval);

    protected override ResumeAnswer Done(SteeredSettlement done) => new ResumeAnswer.Done(done);

    protected override object Shown(ResumeAnswer answer) =>
        answer is ResumeAnswer.Waiting { Approval: var waiting } ? waiting : ((ResumeAnswer.Done)answer).Settlement;
}
