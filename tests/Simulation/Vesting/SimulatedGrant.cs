using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;

namespace Stk.Simulation.Vesting;

/// <summary>A frozen reward, and the counted events that it stands on.</summary>
internal sealed record SimulatedGrant(
    int Number, long Participant, string Type, Amount Amount, DateOnly UnlocksOn, ImmutableArray<EventPlace> Events)
{
    public int Shard => (int)(Participant % VestingPlan.Shards);

    public VestingCondition Condition => VestingRules.Default.Of(Type)
        ?? throw new InvalidOperationException($"{Type} has no condition");

    /// <summary>The transaction that its decision is paid out by.</summary>
    public Guid Id => VestingIds.Decision(VestingPlan.Week, Participant, Type, Number + 1);
}
