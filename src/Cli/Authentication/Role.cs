using System.Collections.Immutable;

namespace Stk.Cli.Authentication;

/// <summary>The roles that the API knows.</summary>
internal static class Role
{
    public static readonly ImmutableArray<string> All = ["participant", "operator", "auditor", "ingest"];
}
