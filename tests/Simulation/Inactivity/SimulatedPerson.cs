using Stk.Rules.Inactivity;
using Stk.Rules.Money;

namespace Stk.Simulation.Inactivity;

/// <summary>A participant as seals, profile and registry know them.</summary>
/// <param name="First">What is available at the beginning.</param>
internal sealed record SimulatedPerson(long Number, DateOnly LastCounted, bool IsExcluded, Amount First)
{
    public int Part => (int)(Number % InactivityPlan.Parts);

    public Absences Absences => IsExcluded
        ? new([new(InactivityPlan.Quarter.FirstDay.AddDays(-10).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), true)], [])
        : Absences.None;
}
