using Stk.Rules.RuleBooks;

namespace Stk.Simulation.Vesting;

/// <summary>Evidence, or what takes it back.</summary>
/// <param name="Grant">Of which it speaks, by number.</param>
/// <param name="Event">Of the grant's events, by place.</param>
/// <param name="IsGood">Approved, or well rated.</param>
/// <param name="Minute">Its own time.</param>
/// <param name="TakesBack">The evidence that it takes back; null where it is evidence itself.</param>
internal sealed record Said(Guid Uuid, int Grant, int Event, bool IsGood, int Minute, Guid? TakesBack);

/// <summary>What somebody begins at a moment of a vesting's history.</summary>
internal abstract record VestingStep(int AtMs)
{
    /// <param name="Retries">How often it is sent again where the answer is no answer.</param>
    public sealed record Say(int AtMs, int Writer, Said Said, int Retries, long Dice) : VestingStep(AtMs);

    /// <summary>An operator's word.</summary>
    public sealed record Decide(int AtMs, int Writer, int Grant, Verdict Verdict, DateOnly Day, long Dice)
        : VestingStep(AtMs);

    /// <summary>A day's run, on this silo: decides, stores, pays out.</summary>
    public sealed record Run(int AtMs, int Writer, DateOnly Day, long Dice) : VestingStep(AtMs);

    public sealed record Crash(int AtMs, int Writer) : VestingStep(AtMs);
}
