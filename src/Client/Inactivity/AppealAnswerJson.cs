using Stk.Client.Approvals;

namespace Stk.Client.Inactivity;

/// <inheritdoc/>
internal sealed class AppealAnswerJson : WaitingOrDoneJson<AppealAnswer, Appeal>
{
    protected override AppealAnswer Waiting(Approval approval) => new AppealAnswer.Waiting(approval);

    protected override AppealAnswer Done(Appeal done) => new AppealAnswer.Done(done);

    protected override object Shown(AppealAnswer answer) =>
        answer is AppealAnswer.Waiting { Approval: var waiting } ? waiting : ((AppealAnswer.Done)answer).Appeal;
}
