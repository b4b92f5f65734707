namespace Stk.Rules.Notices;

/// <summary>What people are told of. Stored, and how it stands in JSON: for ever.</summary>
public static class NoticeKinds
{
    /// <summary>A frozen reward was decided, and something of it released.</summary>
    public const string VestingReleased = "vesting.released";

    /// <summary>A frozen reward was decided, and nothing of it released.</summary>
    public const string VestingCancelled = "vesting.cancelled";
}
