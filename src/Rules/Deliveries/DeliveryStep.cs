namespace Stk.Rules.Deliveries;

/// <summary>How a delivery goes on.</summary>
/// <param name="Attempts">Made so far.</param>
/// <param name="NextAt">By the host's clock; null where it has come to its end.</param>
/// <param name="Reason">Of the last failure; null where it was delivered.</param>
public sealed record DeliveryStep(DeliveryState State, int Attempts, DateTimeOffset? NextAt, string? Reason);
