using System.Collections.Immutable;
using Stk.Settlement.Looks;

namespace Stk.Settlement.Machine;

/// <summary>How the machine goes about it.</summary>
/// <param name="Nodes">By name, in the order of the configuration; the first is sent through.</param>
public sealed record MachineTerms(ImmutableArray<string> Nodes, LookTerms Looks)
{
    /// <summary>Between two sendings of the same bytes, and between two looks at what was sent.</summary>
    public TimeSpan ResendEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks at what is uncertain.</summary>
    public TimeSpan LookAgainEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>For a look, a signature, a trial run or a posting; then it is given up, or asked for again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
