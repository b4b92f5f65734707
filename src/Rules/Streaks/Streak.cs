namespace Stk.Rules.Streaks;

/// <summary>Weeks in a row with points. No counter is kept: the statement of the week before says it.</summary>
public static class Streak
{
    /// <summary>The streak of a week that has points.</summary>
    /// <param name="before">The streak in the statement of the week before; 0 where there is none.</param>
    public static int After(int before)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        return before + 1;
    }
}
