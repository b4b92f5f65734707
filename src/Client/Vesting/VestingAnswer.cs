using System.Text.Json.Serialization;
using Stk.Client.Approvals;

namespace Stk.Client.Vesting;

/// <summary>What became of an operator's decision. A closed set: nothing outside can add a case.</summary>
[JsonConverter(typeof(VestingAnswerJson))]
public abstract record VestingAnswer
{
    private VestingAnswer() { }

    /// <summary>It is decided.</summary>
    public sealed record Done(FrozenReward Reward) : VestingAnswer;

    /// <summary>It is above what one signature may give: it waits for a second operator, and nothing has moved.</summary>
    public sealed record Waiting(Approval Approval) : VestingAnswer;
}
