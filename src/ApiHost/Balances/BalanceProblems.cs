using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Balances;

/// <summary>What may be wrong with a read or a stream of balances. Slugs are for ever: clients decide by them.</summary>
internal static class BalanceProblems
{
    public static readonly ProblemType SequenceUnknown = new("sequence-unknown", 412, "Sequence unknown",
        "The journal does not reach as far as the sequence that was sent: it was never given out here, or the data were set back since. Read again without it.");

    public static readonly ProblemType TooManyStreams = new("too-many-streams", 429, "Too many streams",
        "This token's subject has as many streams of this kind open as it may. Close one, or follow by one that is open.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        SequenceUnknown, TooManyStreams,
    ];
}
