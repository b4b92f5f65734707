using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Rewards;

/// <param name="Points">Before coefficients.</param>
/// <param name="Reward">After coefficients and the fund's factor: available and frozen together.</param>
/// <param name="Streak">0 where the week gave nothing and was corrected all the same.</param>
/// <param name="Settled">True where the ledger has posted it.</param>
/// <param name="Corrected">What was added to it later, or taken; signed.</param>
internal sealed record RewardItem(
    WeekId Week, int Level, int Streak, long Points, Amount Reward, Amount Available, Amount Frozen, bool Settled,
    Amount Corrected);

/// <summary>A weekly statement: the same bytes whenever it is asked for.</summary>
/// <param name="Rules">Version of the rule book.</param>
/// <param name="Reserved">What the fund gave for the whole week.</param>
/// <param name="Total">The whole week's rewards before the fund's factor.</param>
/// <param name="Corrections">What has corrected it, in order; absent in the first revision.</param>
public sealed record StatementView(
    WeekId Week, string Participant, int Level, string Qualification, int Streak, string Consistency, Amount Reserved,
    Amount Total, int Rules, ImmutableArray<StatementLineView> Activities, long Points, Amount Reward, Amount Available,
    Amount Frozen,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    ImmutableArray<StatementCorrectionView>? Corrections = null);

/// <param name="Revision">That first has it: from 2.</param>
/// <param name="Amount">Signed.</param>
public sealed record StatementCorrectionView(int Revision, Amount Amount, DateTimeOffset At);

/// <inheritdoc cref="StatementCorrectionView"/>
/// <param name="Reason">An operator's, for the participant.</param>
public sealed record ReportCorrectionView(int Revision, Amount Amount, DateTimeOffset At, string Reason);

/// <summary>What shows that a statement, as it was first, is one of those that its week's root stands for.</summary>
/// <param name="Salt">16 bytes, hex: before the statement in its leaf.</param>
/// <param name="Path">From the leaf to the root.</param>
/// <param name="Root">SHA-256, hex.</param>
/// <param name="Signature">Of the transaction whose memo has the root; null until it has landed.</param>
/// <param name="Slot">Where that landed.</param>
internal sealed record StatementProofView(
    StatementView Statement, string Salt, ImmutableArray<ProofStepView> Path, string Root, string? Signature, long? Slot);

/// <param name="Side">left or right: where the hash stands when both are hashed.</param>
internal sealed record ProofStepView(string Side, string Hash);

public sealed record StatementLineView(
    string Type, int Received, int Counted, int OverLimit, long Weight, long Points, Amount Reward, int VestsDays);

/// <summary>A weekly statement explained: the same bytes whenever it is asked for.</summary>
/// <param name="Revision">Of the statement: 1, and one more for each correction.</param>
/// <param name="Corrections">What has corrected the statement, and why; absent in the first revision.</param>
/// <param name="Before">The calendar week before; null where it gave no statement.</param>
/// <param name="History">Eight calendar weeks, oldest first, this one the last; zero where a week gave nothing.</param>
/// <param name="Advice">What is worth the most first.</param>
/// <param name="Renderer">The number of what draws it: the same report and number are drawn to the same bytes.</param>
public sealed record WeeklyReportView(
    WeekId Week, string Participant, int Revision, StatementView Statement, WeekBeforeView? Before, WeekChangeView Change,
    ImmutableArray<WeekResultView> History, ImmutableArray<AdviceView> Advice, int Renderer,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    ImmutableArray<ReportCorrectionView>? Corrections = null);

public sealed record WeekBeforeView(
    WeekId Week, long Points, Amount Reward, ImmutableArray<WeekBeforeLineView> Activities);

public sealed record WeekBeforeLineView(string Type, int VestsDays, int Counted, long Points);

/// <param name="Percent">Of the reward before; null where that was nothing.</param>
public sealed record WeekChangeView(long Points, Amount Reward, long? Percent);

public sealed record WeekResultView(WeekId Week, long Points, Amount Reward);

/// <param name="Kind">limit, streak, keep-streak or level.</param>
/// <param name="Type">Of a limit: what to do more of.</param>
/// <param name="Unused">Of a limit: events that its days had left.</param>
/// <param name="Points">Of a limit: their weight.</param>
/// <param name="Weeks">Of a streak: weeks in a row, as it would be, or as it is where it is to be kept.</param>
/// <param name="Level">The next one.</param>
/// <param name="Coefficient">Of that streak or level.</param>
/// <param name="Brings">What it would have brought in this week.</param>
/// <param name="Costs">Of keep-streak: what losing it would have cost in this week.</param>
public sealed record AdviceView(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Unused = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Points = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Weeks = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Level = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Coefficient = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Amount? Brings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Amount? Costs = null);
