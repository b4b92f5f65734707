using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Client.Rewards;

/// <param name="Points">Before coefficients.</param>
/// <param name="Total">After coefficients and the fund's factor: available and frozen together.</param>
/// <param name="Settled">True where the ledger has posted it.</param>
/// <param name="Corrected">What was added to it later, or taken; signed.</param>
public sealed record Reward(
    WeekId Week, int Level, int Streak, long Points,
    [property: System.Text.Json.Serialization.JsonPropertyName("reward")] Amount Total, Amount Available, Amount Frozen,
    bool Settled, Amount Corrected = default);
