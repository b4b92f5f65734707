using Stk.Rules.Money;

namespace Stk.Client.Spending;

/// <summary>One sale as a recipient of its price sees it.</summary>
/// <param name="Income">This recipient's part; it went back where <paramref name="Refunded"/>.</param>
public sealed record Sale(
    Guid Purchase, DateTimeOffset At, string Service, int Version, string Role, Amount Income, bool Refunded);
