using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;

namespace Stk.GrainInterfaces.Revocations;

/// <summary>Ends tokens before their time. Key: 0.</summary>
[Alias("stk.revocations")]
public interface IRevocationsGrain : IGrainWithIntegerKey
{
    /// <summary>Answered means committed; every host knows it within a second.</summary>
    [Alias("revoke"), MayCall(CallerRoles.Operator)]
    Task<RevokeReply> Revoke(RevokeRequest request, CancellationToken cancellation);

    /// <summary>
    /// Ends a session of the dashboard, by its sign-in code's <c>jti</c>. A host says so for itself, since a session has no
    /// token; of what is no session of this subject's nothing is ended.
    /// </summary>
    [Alias("sign-out"), MayCall(CallerRoles.Host)]
    Task SignOut(string session, string subject, CancellationToken cancellation);
}

/// <param name="TokenId">The one token's <c>jti</c>; null where a subject's are meant.</param>
/// <param name="Subject">Whose; null where one token is meant.</param>
/// <param name="Before">A subject's that were made before it end, by real time; null means now.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.revoke")]
public sealed record RevokeRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string? TokenId,
    [property: Id(2)] string? Subject,
    [property: Id(3)] DateTimeOffset? Before,
    [property: Id(4)] string Reason,
    [property: Id(5), FromCaller] string By);

/// <param name="TokenId">As asked.</param>
/// <param name="Subject">As asked.</param>
/// <param name="Before">By real time; null where one token is meant.</param>
/// <param name="By">Who has said so.</param>
/// <param name="At">By the economy's clock.</param>
/// <param name="Use">Of the request that this answers.</param>
/// <param name="IsOperatorUnknown">Who asks is no operator by the register: nothing has changed.</param>
[GenerateSerializer, Immutable, Alias("stk.revoke-reply")]
public sealed record RevokeReply(
    [property: Id(0)] string? TokenId,
    [property: Id(1)] string? Subject,
    [property: Id(2)] DateTimeOffset? Before,
    [property: Id(3)] string Reason,
    [property: Id(4)] string By,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] KeyUse Use = KeyUse.First,
    [property: Id(7)] bool IsOperatorUnknown = false);
