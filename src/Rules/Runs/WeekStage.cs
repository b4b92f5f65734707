namespace Stk.Rules.Runs;

/// <summary>The stages of a weekly run, in order. Stored: never renumber.</summary>
public enum WeekStage
{
    Aggregate = 1,
    Score = 2,
    Report = 3,
    Settle = 4,
}
