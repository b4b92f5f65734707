using System.Diagnostics;

namespace Stk.Rules.Inactivity;

/// <summary>How an appeal stands. Stored: never renumber.</summary>
public enum AppealState : short
{
    Open = 1,
    Accepted = 2,
    Rejected = 3,
}

public static class AppealStates
{
    /// <summary>How a state stands in JSON: <c>open</c>.</summary>
    public static string WireName(this AppealState state) => state switch
    {
        AppealState.Open => "open",
        AppealState.Accepted => "accepted",
        AppealState.Rejected => "rejected",
        _ => throw new UnreachableException(),
    };
}
