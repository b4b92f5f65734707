using Stk.Rules.Activity;

namespace Stk.Grains.Activity;

/// <summary><see cref="EventOutcome"/> as SQL has it, for texts that are constants.</summary>
public static class SqlOutcomes
{
    public const string Counted = "1";
    public const string OverLimit = "2";
    public const string Duplicate = "3";
    public const string Late = "4";
    public const string Ignored = "5";
    public const string Applied = "6";
    public const string Rejected = "7";
    public const string Held = "8";
}
