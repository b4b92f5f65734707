using Stk.Rules.Objections;

namespace Stk.Rules.Pulls;

/// <summary>Which past an operator may have a source asked for.</summary>
public static class BackfillSpan
{
    /// <summary>Ten years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    /// <summary>Null where nothing is wrong with it.</summary>
    /// <param name="to">Not in it.</param>
    public static Objection? Check(DateTimeOffset from, DateTimeOffset to) =>
        to <= from ? new("to", "must be later than from")
        : to - from > Longest ? new("to", "must be at most 3,660 days after from")
        : null;
}
