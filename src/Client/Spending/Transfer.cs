using Stk.Client.Connections;
using Stk.Rules.Money;

namespace Stk.Client.Spending;

/// <param name="Id">The ledger transaction's.</param>
/// <param name="Sequence">The commit's.</param>
/// <param name="Fee">Paid on top of the amount.</param>
public sealed record Transfer(
    Guid Id, long Sequence, DateTimeOffset At, string To, Amount Amount, Amount Fee, string? Note) : ISequenced;
