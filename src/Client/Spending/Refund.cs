using Stk.Client.Connections;
using Stk.Rules.Money;

namespace Stk.Client.Spending;

/// <param name="Amount">What came back to the buyer: the price.</param>
public sealed record Refund(Guid Id, long Sequence, DateTimeOffset At, Guid Purchase, Amount Amount) : ISequenced;
