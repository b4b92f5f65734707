using System.Collections.Immutable;
using Stk.Ledger.Machine;
using Stk.Rules.Weeks;

namespace Stk.Simulation.Inactivity;

/// <summary>What somebody begins at a moment of a quarter's history.</summary>
internal abstract record InactivityStep(int AtMs)
{
    /// <summary>One of the quarter's warnings, on this silo.</summary>
    public sealed record Warn(int AtMs, int Writer, int Days, long Dice) : InactivityStep(AtMs);

    /// <summary>The quarter's run, on this silo: warns where that was not done, assesses, takes.</summary>
    public sealed record Run(int AtMs, int Writer, long Dice) : InactivityStep(AtMs);

    /// <summary>An operator skips the quarter's run, on this silo; what has begun is not skipped.</summary>
    public sealed record Skip(int AtMs, int Writer, long Dice) : InactivityStep(AtMs);

    /// <summary>A participant's, or the fund's.</summary>
    public sealed record Spend(int AtMs, int Writer, Transaction Transaction, long Dice) : InactivityStep(AtMs);

    public sealed record Appeal(int AtMs, int Writer, long Participant, long Dice) : InactivityStep(AtMs);

    /// <summary>An operator's word on an appeal, under a key of its own.</summary>
    public sealed record Decide(int AtMs, int Writer, long Participant, bool IsAccepted, int Key, long Dice)
        : InactivityStep(AtMs);

    /// <summary>What a week's settlement gives back.</summary>
    /// <param name="Returned">Those whose statement of the week says so.</param>
    public sealed record Settle(int AtMs, int Writer, WeekId Week, ImmutableArray<long> Returned, long Dice)
        : InactivityStep(AtMs);

    public sealed record Crash(int AtMs, int Writer) : InactivityStep(AtMs);
}
