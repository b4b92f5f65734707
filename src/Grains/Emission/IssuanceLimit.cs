using Stk.Grains.Economy;
using Stk.Ledger;
using Stk.Rules.Emission;
using Stk.Rules.Money;

namespace Stk.Grains.Emission;

/// <summary>The breaker's limit: the schedule's total to the end of the day.</summary>
internal sealed class IssuanceLimit(EconomyCache economy) : IIssuanceLimit
{
    public Amount At(DateTimeOffset instant) => economy.Genesis is { } genesis
        ? new EmissionSchedule(genesis).TotalToEndOf(DateOnly.FromDateTime(instant.UtcDateTime))
        : Amount.Zero;
}
