using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Participants;

[GenerateSerializer, Immutable, Alias("stk.reward-page")]
public sealed record RewardPage(
    [property: Id(0)] ImmutableArray<WeeklyRewardView> Rewards,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <param name="Points">Before coefficients. Unit: points.</param>
/// <param name="Reward">After coefficients and the fund's factor: available and frozen together.</param>
/// <param name="IsSettled">True where the ledger has posted it.</param>
/// <param name="Corrected">What was added to it later, or taken; signed.</param>
[GenerateSerializer, Immutable, Alias("stk.weekly-reward")]
public sealed record WeeklyRewardView(
    [property: Id(0)] WeekId Week,
    [property: Id(1)] int Level,
    [property: Id(2)] int Streak,
    [property: Id(3)] long Points,
    [property: Id(4)] Amount Reward,
    [property: Id(5)] Amount Available,
    [property: Id(6)] Amount Frozen,
    [property: Id(7)] bool IsSettled,
    [property: Id(8)] Amount Corrected = default);
