using System.Collections.Immutable;

namespace Stk.Hosting.Tokens;

/// <summary>The roles that a token may have, exactly one each.</summary>
public static class Role
{
    public const string Participant = "participant";
    public const string Operator = "operator";
    public const string Auditor = "auditor";
    public const string Ingest = "ingest";

    public static readonly ImmutableArray<string> All = [Participant, Operator, Auditor, Ingest];
}
