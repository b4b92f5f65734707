using System.Diagnostics;

namespace Stk.Rules.RuleBooks;

/// <summary>What becomes of a counted event's part of a frozen reward. Stored: never renumber.</summary>
public enum Verdict
{
    /// <summary>It becomes available.</summary>
    Release = 1,

    /// <summary>It goes back to where it came from.</summary>
    Cancel = 2,
}

public static class Verdicts
{
    public static string WireName(this Verdict verdict) => verdict switch
    {
        Verdict.Release => "release",
        Verdict.Cancel => "cancel",
        _ => throw new UnreachableException(),
    };

    /// <summary>Null where no verdict is called so.</summary>
    public static Verdict? OfWireName(string name) => name switch
    {
        "release" => Verdict.Release,
        "cancel" => Verdict.Cancel,
        _ => null,
    };
}
