using Stk.Rules.Money;

namespace Stk.Client.Inactivity;

/// <summary>An appeal as operators see it.</summary>
/// <param name="Sum">What is at stake.</param>
/// <param name="State">open, accepted or rejected.</param>
/// <param name="Transaction">Of what the decision moved; null where it moved nothing or there is none.</param>
public sealed record Appeal(
    Guid Id, string Participant, string Quarter, string Text, Amount Sum, DateTimeOffset At, string State,
    DateTimeOffset? DecidedAt, string? DecidedBy, string? Reason, Guid? Transaction);

/// <summary>That an appeal is there.</summary>
/// <param name="Sum">What is at stake.</param>
public sealed record AppealReceipt(Guid Id, string Quarter, Amount Sum, DateTimeOffset At);
