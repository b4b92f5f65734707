using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Vesting;

/// <summary>What may be wrong with a decision about a frozen reward. Slugs are for ever: clients decide by them.</summary>
internal static class VestingProblems
{
    public static readonly ProblemType GrantDecided = new("grant-decided", 409, "Frozen reward is decided",
        "A frozen reward is decided once, by its day's run or by an operator, and this one was. Nothing has changed.");

    public static readonly ProblemType GrantFrozen = new("grant-frozen", 409, "Unlock day has not come",
        "A frozen reward is released from its unlock day on, which detail names; until then it can only be cancelled. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        GrantDecided, GrantFrozen,
    ];
}
