using Stk.Rules.Money;

namespace Stk.Rules.Bounds;

/// <summary>What the events of one source have earned.</summary>
public readonly record struct SourceReward(string Source, Amount Reward);
