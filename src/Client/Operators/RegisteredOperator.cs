namespace Stk.Client.Operators;

/// <summary>A subject of tokens that may act as an operator or auditor, and which person it is.</summary>
/// <param name="Issuer">Who vouches for the subject; stk for tokens of our own.</param>
/// <param name="Person">Whoever has the same name is the same person.</param>
/// <param name="Participant">The person's id as a participant; null where they are none.</param>
/// <param name="InForce">Whether the subject may act now.</param>
/// <param name="Confirmed">False where it was taken over from an earlier build, and approves nothing yet.</param>
/// <param name="EndedAt">When two persons ended it; null where they have not.</param>
public sealed record RegisteredOperator(
    string Subject, string Issuer, string Role, string Person, string? Participant, DateTimeOffset Since,
    DateTimeOffset? Until, bool InForce, DateTimeOffset EnteredAt, string EnteredBy, DateTimeOffset? EndedAt,
    string? EndedBy, bool Confirmed);
