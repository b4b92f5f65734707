namespace Stk.Rules.Revocations;

/// <summary>What a revocation can name of a token, or of a session that was opened with a sign-in code.</summary>
/// <param name="Id">Its <c>jti</c>; null where it has none.</param>
/// <param name="Subject">Its <c>sub</c>.</param>
/// <param name="Role">Its role.</param>
/// <param name="IssuedAt">When it was made, in whole seconds, by real time; the earliest instant where it does not say.</param>
public readonly record struct TokenIdentity(string? Id, string Subject, string Role, DateTimeOffset IssuedAt);
