using Stk.Client.Approvals;

namespace Stk.Client.Vesting;

/// <inheritdoc/>
internal sealed class VestingAnswerJson : WaitingOrDoneJson<VestingAnswer, FrozenReward>
{
    protected override VestingAnswer Waiting(Approval approval) => new VestingAnswer.Waiting(approval);

    protected override VestingAnswer Done(FrozenReward done) => new VestingAnswer.Done(done);

    protected override object Shown(VestingAnswer answer) =>
        answer is VestingAnswer.Waiting { Approval: var waiting } ? waiting : ((VestingAnswer.Done)answer).Reward;
}
