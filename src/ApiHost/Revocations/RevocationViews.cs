using Stk.GrainInterfaces.Revocations;

namespace Stk.ApiHost.Revocations;

/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="Jti">The one token's, or session's; absent where a subject's are meant.</param>
/// <param name="Subject">Whose, in every role; absent where one token is meant.</param>
/// <param name="Before">A subject's that were made before it end; absent means now. Never in the future.</param>
internal sealed record RevocationBody(
    string Reason, string? Jti = null, string? Subject = null, DateTimeOffset? Before = null);

/// <param name="Jti">Null where a subject's are meant.</param>
/// <param name="Subject">Null where one token is meant.</param>
/// <param name="Before">By real time, as tokens' own; null where one token is meant.</param>
/// <param name="By">The operator: the token's subject.</param>
/// <param name="At">By the economy's clock.</param>
internal sealed record RevocationView(
    string? Jti, string? Subject, DateTimeOffset? Before, string Reason, string By, DateTimeOffset At)
{
    public static RevocationView Of(RevokeReply reply) =>
        new(reply.TokenId, reply.Subject, reply.Before, reply.Reason, reply.By, reply.At);
}
