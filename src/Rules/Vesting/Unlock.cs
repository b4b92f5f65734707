namespace Stk.Rules.Vesting;

/// <summary>When a frozen reward is due to be released.</summary>
public static class Unlock
{
    /// <param name="posted">UTC day of the ledger posting, not of the activity.</param>
    /// <param name="vestsDays">At least 1.</param>
    public static DateOnly DayOf(DateOnly posted, int vestsDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vestsDays, 1);
        return posted.AddDays(vestsDays);
    }
}
