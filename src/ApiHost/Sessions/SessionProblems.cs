using System.Collections.Immutable;
using Stk.ApiHost.Problems;

namespace Stk.ApiHost.Sessions;

/// <summary>Types of problem that only sessions and their forms meet.</summary>
internal static class SessionProblems
{
    public static readonly ProblemType FormNotOurs = new(
        "form-not-ours", 403, "The form is not ours",
        "The form was not sent from a page of this host, or by another session than the one that its page was made for. "
        + "Nothing has changed. Open the page again and send it from there.");

    public static readonly ImmutableArray<ProblemType> All = [FormNotOurs];
}
