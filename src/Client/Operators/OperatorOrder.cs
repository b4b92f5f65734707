namespace Stk.Client.Operators;

/// <param name="Role">operator or auditor.</param>
/// <param name="Person">The same name as another entry's is the same person.</param>
/// <param name="Participant">The person's id as a participant; null where they are none.</param>
/// <param name="Until">Null for no end.</param>
/// <param name="Issuer">Who vouches for the subject; null for tokens of our own.</param>
public sealed record OperatorOrder(
    string Subject, string Role, string Person, string Reason, string? Participant = null, DateTimeOffset? Since = null,
    DateTimeOffset? Until = null, string? Issuer = null);
