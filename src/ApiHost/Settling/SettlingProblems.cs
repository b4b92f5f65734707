using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Settling;

/// <summary>What may be wrong where settlement is steered. Slugs are for ever: clients decide by them.</summary>
internal static class SettlingProblems
{
    public static readonly ProblemType UnknownBatch = new("unknown-batch", 404, "Unknown batch",
        "No batch and no other act on chain has this id.");

    public static readonly ImmutableArray<ProblemType> All = [UnknownBatch];
}
