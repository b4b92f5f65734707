using Stk.Rules.Money;

namespace Stk.Rules.Inactivity;

/// <summary>What a quarter does with somebody.</summary>
/// <param name="LastActive">With what an exclusion or a leave that ended later does to it.</param>
public sealed record AssessedPerson(InactivePerson Person, DateOnly LastActive, Assessment Assessment, Standing Standing)
{
    public bool IsAffected => Assessment.Amount > Amount.Zero;

    /// <summary>What is taken: nothing where something speaks against it.</summary>
    public Amount Taken => Standing.Outcome == InactivityOutcome.Charged ? Assessment.Amount : Amount.Zero;
}
