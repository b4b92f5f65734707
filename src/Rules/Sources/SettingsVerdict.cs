using System.Collections.Immutable;
using Stk.Rules.Objections;

namespace Stk.Rules.Sources;

/// <summary>What becomes of a draft of settings. A closed set.</summary>
public abstract record SettingsVerdict
{
    private SettingsVerdict()
    {
    }

    public sealed record Valid(SourceSettings Settings) : SettingsVerdict;

    /// <param name="Objections">At least one; in the order of the members.</param>
    public sealed record Invalid(ImmutableArray<Objection> Objections) : SettingsVerdict;
}
