using Stk.Client.Approvals;

namespace Stk.Client.Weeks;

/// <inheritdoc/>
internal sealed class CorrectionAnswerJson : WaitingOrDoneJson<CorrectionAnswer, Correction>
{
    protected override CorrectionAnswer Waiting(Approval approval) => new CorrectionAnswer.Waiting(approval);

    protected override CorrectionAnswer Done(Correction done) => new CorrectionAnswer.Done(done);

    protected override object Shown(CorrectionAnswer answer) =>
        answer is CorrectionAnswer.Waiting { Approval: var waiting } ? waiting : ((CorrectionAnswer.Done)answer).Correction;
}
