using System.Diagnostics;

namespace Stk.Rules.Runs;

/// <summary>The stages of a weekly run, in order. Stored: never renumber.</summary>
public enum WeekStage
{
    /// <summary>Begins with the seal.</summary>
    Aggregate = 1,
    Score = 2,
    Report = 3,
    Settle = 4,
}

public static class WeekStages
{
    public const WeekStage Last = WeekStage.Settle;

    public static string WireName(this WeekStage stage) => stage switch
    {
        WeekStage.Aggregate => "aggregate",
        WeekStage.Score => "score",
        WeekStage.Report => "report",
        WeekStage.Settle => "settle",
        _ => throw new UnreachableException(),
    };

    /// <summary>The stage after a last done one; null where the run has ended.</summary>
    /// <param name="done">Null where nothing is done yet.</param>
    public static WeekStage? After(WeekStage? done) => done switch
    {
        null => WeekStage.Aggregate,
        Last => null,
        { } stage => stage + 1,
    };
}
