using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Rewards;

/// <param name="Points">Before coefficients.</param>
/// <param name="Reward">After coefficients and the fund's factor: available and frozen together.</param>
/// <param name="Settled">True where the ledger has posted it.</param>
internal sealed record RewardItem(
    WeekId Week, int Level, int Streak, long Points, Amount Reward, Amount Available, Amount Frozen, bool Settled);

/// <summary>A weekly statement: the same bytes whenever it is asked for.</summary>
/// <param name="Rules">Version of the rule book.</param>
/// <param name="Reserved">What the fund gave for the whole week.</param>
/// <param name="Total">The whole week's rewards before the fund's factor.</param>
internal sealed record StatementView(
    WeekId Week, string Participant, int Level, string Qualification, int Streak, string Consistency, Amount Reserved,
    Amount Total, int Rules, ImmutableArray<StatementLineView> Activities, long Points, Amount Reward, Amount Available,
    Amount Frozen);

internal sealed record StatementLineView(
    string Type, int Received, int Counted, int OverLimit, long Weight, long Points, Amount Reward, int VestsDays);
