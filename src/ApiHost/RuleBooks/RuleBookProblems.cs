using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.RuleBooks;

/// <summary>What may be wrong with a rule book that is announced. Slugs are for ever: clients decide by them.</summary>
internal static class RuleBookProblems
{
    public static readonly ProblemType WeekSealed = new("week-sealed", 409, "Week has begun or is sealed",
        "A rule book takes effect from a coming week only, at most a year ahead, and no other begins in the same one. Nothing has changed.");

    public static readonly ProblemType ClusterMixed = new("cluster-mixed", 409, "Not every silo knows a section",
        "A rule book with a section that only newer silos know is taken once every silo is of such a build. Nothing has changed.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        WeekSealed,
        ClusterMixed,
    ];
}
