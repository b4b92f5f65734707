namespace Stk.Rules.Notices;

/// <summary>What people are told of. Stored, and how it stands in JSON: for ever.</summary>
public static class NoticeKinds
{
    /// <summary>A frozen reward was decided, and something of it released.</summary>
    public const string VestingReleased = "vesting.released";

    /// <summary>A frozen reward was decided, and nothing of it released.</summary>
    public const string VestingCancelled = "vesting.cancelled";

    /// <summary>What a quarter would take from somebody who is not active.</summary>
    public const string InactivityWarning = "inactivity.warning";

    /// <summary>What a quarter has taken.</summary>
    public const string InactivityCharged = "inactivity.charged";

    /// <summary>What a quarter had taken was given back to somebody who has returned.</summary>
    public const string InactivityRestored = "inactivity.restored";

    /// <summary>An operator has decided on an appeal.</summary>
    public const string AppealDecided = "appeal.decided";
}
