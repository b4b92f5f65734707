using System.Collections.Immutable;

namespace Stk.ApiHost.Sessions;

/// <summary>
/// Says of where a form goes which of its fields are kept where the session has ended: the page of the same path takes them
/// from its address.
/// </summary>
/// <param name="Prefix">Of others that are kept; null where none are.</param>
internal sealed record KeptFields(ImmutableArray<string> Names, string? Prefix = null)
{
    public bool Keeps(string name) =>
        Names.Contains(name) || (Prefix is not null && name.StartsWith(Prefix, StringComparison.Ordinal));
}
