namespace Stk.Client.Revocations;

/// <param name="Jti">The one token's; null where a subject's are meant.</param>
/// <param name="Subject">Whose; null where one token is meant.</param>
/// <param name="Before">A subject's that were made before it have ended.</param>
/// <param name="At">By the economy's clock.</param>
public sealed record TokenRevocation(
    string? Jti, string? Subject, DateTimeOffset? Before, string Reason, string By, DateTimeOffset At);
