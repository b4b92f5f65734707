using System.Collections.Immutable;
using Stk.Settlement.Acts;

namespace Stk.Settlement.Refusals;

/// <summary>What is done with an act that the signer refuses. A closed set: nothing outside can add a case.</summary>
public abstract record Remedy
{
    private Remedy()
    {
    }

    /// <summary>Nothing changes: the same is asked again, and a person looks meanwhile.</summary>
    /// <param name="IsSoon">It is a matter of moments: the signer's own nodes have not caught up.</param>
    public sealed record AskAgain(bool IsSoon = false) : Remedy;

    /// <summary>One payout goes back to its person, and the others wait for a new act.</summary>
    public sealed record GiveBack(ReturnedPayout Returned) : Remedy;

    /// <summary>All payouts wait for new acts; each of these for one of its own, and not before a moment.</summary>
    public sealed record SetAside(ImmutableArray<Guid> Payouts, DateTimeOffset Until) : Remedy;
}
