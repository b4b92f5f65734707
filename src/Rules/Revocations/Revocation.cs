namespace Stk.Rules.Revocations;

/// <summary>
/// Tokens that end before their time: one by its id, or all of a subject that were made before an instant.
/// </summary>
/// <param name="Number">From 1, without a gap.</param>
/// <param name="TokenId">The one token's <c>jti</c>; null where a subject's are meant.</param>
/// <param name="Subject">Whose; null where one token is meant.</param>
/// <param name="Role">In which role; null for every role of the subject.</param>
/// <param name="Before">A subject's that were made before it end, by real time; null where one token is meant.</param>
public sealed record Revocation(int Number, string? TokenId, string? Subject, string? Role, DateTimeOffset? Before);
