using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.Weeks;

namespace Stk.Simulation.Intakes;

/// <summary>One participant's events of one request.</summary>
internal sealed record IntakeRequest(string Source, long Participant, ImmutableArray<ActivityEvent> Events);

/// <summary>What somebody begins at a moment of an intake's history.</summary>
internal abstract record IntakeStep(int AtMs)
{
    public sealed record Send(int AtMs, int Writer, IntakeRequest Request, int Retries, long Dice) : IntakeStep(AtMs);

    public sealed record Crash(int AtMs, int Writer) : IntakeStep(AtMs);

    /// <summary>Seals the week and aggregates it, from this writer's silo.</summary>
    public sealed record Seal(int AtMs, int Writer, WeekId Week, long Dice) : IntakeStep(AtMs);
}
