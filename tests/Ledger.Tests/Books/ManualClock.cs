using Stk.Rules.Money;
using Stk.Rules.Time;

namespace Stk.Ledger.Tests.Books;

internal sealed class ManualClock : IClock
{
    public DateTimeOffset Now { get; set; } = new(2025, 12, 18, 12, 0, 0, TimeSpan.Zero);
}

internal sealed class SettableLimit : IIssuanceLimit
{
    public Amount Most { get; set; } = Amount.OfStk(8_000_000_000);

    public Amount At(DateTimeOffset instant) => Most;
}
