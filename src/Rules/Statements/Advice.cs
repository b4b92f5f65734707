using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Statements;

/// <summary>What a participant can do for a larger reward, by the week of a statement. A closed set.</summary>
public abstract record Advice
{
    private Advice(Amount worth) => Worth = worth;

    /// <summary>
    /// What following it would have brought in that week, after the fund's factor; what not following it costs, where it
    /// is to keep what there is. Above zero.
    /// </summary>
    public Amount Worth { get; }

    /// <summary>Do more of a type on the days on which it was done at all.</summary>
    /// <param name="Unused">Events that the limits of those days had left.</param>
    /// <param name="Points">Their weight, before coefficients.</param>
    public sealed record Limit(string Type, int Unused, long Points, Amount Brings) : Advice(Brings);

    /// <summary>Be active in the next week too.</summary>
    /// <param name="Weeks">In a row, the next one included.</param>
    /// <param name="Coefficient">That it then has.</param>
    public sealed record LongerStreak(int Weeks, Coefficient Coefficient, Amount Brings) : Advice(Brings);

    /// <summary>The coefficient can grow no more: do not lose it.</summary>
    /// <param name="Weeks">In a row, the statement's included.</param>
    /// <param name="Coefficient">That would fall to 1.</param>
    public sealed record KeptStreak(int Weeks, Coefficient Coefficient, Amount Costs) : Advice(Costs);

    /// <summary>Reach the next level.</summary>
    /// <param name="Coefficient">The next level's.</param>
    public sealed record NextLevel(int Level, Coefficient Coefficient, Amount Brings) : Advice(Brings);
}
