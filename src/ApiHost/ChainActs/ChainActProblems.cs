using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.ChainActs;

/// <summary>What may be wrong with acts on chain. Slugs are for ever: clients decide by them.</summary>
internal static class ChainActProblems
{
    public static readonly ProblemType UnknownAct = new("unknown-act", 404, "Unknown act",
        "No act on chain that was asked for has this id.");

    public static readonly ProblemType ActNotSignedFor = new("act-not-signed-for", 409, "Act not signed for",
        "The transaction is not the act's own, or is not signed by its key, or could not land. Nothing was sent.");

    public static readonly ImmutableArray<ProblemType> All = [UnknownAct, ActNotSignedFor];
}
