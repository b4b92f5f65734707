using System.Diagnostics;

namespace Stk.Rules.Vesting;

/// <summary>How a grant stands.</summary>
public enum GrantState
{
    /// <summary>Its unlock day has not come.</summary>
    Frozen = 1,

    /// <summary>Its unlock day has come, and it waits for evidence.</summary>
    Waiting = 2,

    /// <summary>Decided: something of it was released.</summary>
    Released = 3,

    /// <summary>Decided: nothing of it was released.</summary>
    Cancelled = 4,
}

public static class GrantStates
{
    /// <param name="today">By the economy's clock.</param>
    public static GrantState OfOpen(DateOnly unlocksOn, DateOnly today) =>
        today < unlocksOn ? GrantState.Frozen : GrantState.Waiting;

    public static GrantState OfDecided(GrantDecision decision) =>
        decision.Released.Micro > 0 ? GrantState.Released : GrantState.Cancelled;

    public static string WireName(this GrantState state) => state switch
    {
        GrantState.Frozen => "frozen",
        GrantState.Waiting => "waiting",
        GrantState.Released => "released",
        GrantState.Cancelled => "cancelled",
        _ => throw new UnreachableException(),
    };
}
