using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Operators;

/// <summary>What may be wrong with a sign-in link. Slugs are for ever: clients decide by them.</summary>
internal static class OperatorProblems
{
    public static readonly ProblemType SignInCodeInvalid = new("sign-in-code-invalid", 401, "Sign-in code invalid",
        "The sign-in link has been used, has expired, or is none. Ask for a new one.");

    public static readonly ImmutableArray<ProblemType> All =
    [
        SignInCodeInvalid,
    ];
}
