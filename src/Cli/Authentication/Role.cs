using System.Collections.Immutable;

namespace Stk.Cli.Authentication;

/// <summary>The roles that the API knows.</summary>
internal static class Role
{
    public const string Participant = "participant";

    public const string Operator = "operator";

    public static readonly ImmutableArray<string> All = [Participant, Operator, "auditor", "ingest"];
}
