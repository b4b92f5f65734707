using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Revocations;

/// <summary>
/// What the asked silo knows of revocations, from its memory, for hosts that have no database. One on each silo. Key: 0.
/// </summary>
[Alias("stk.revoked-tokens")]
public interface IRevokedTokensGrain : IGrainWithIntegerKey
{
    /// <summary>Those after a number, in their order; empty where it is the last one.</summary>
    [Alias("after"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<ImmutableArray<RevocationView>> GetAfter(int number, CancellationToken cancellation);
}

/// <param name="Number">From 1, without a gap.</param>
/// <param name="TokenId">The one token's <c>jti</c>; null where a subject's are meant.</param>
/// <param name="Subject">Whose; null where one token is meant.</param>
/// <param name="Role">In which role; null for every role of the subject.</param>
/// <param name="Before">A subject's that were made before it end, by real time; null where one token is meant.</param>
[GenerateSerializer, Immutable, Alias("stk.revocation")]
public sealed record RevocationView(
    [property: Id(0)] int Number,
    [property: Id(1)] string? TokenId,
    [property: Id(2)] string? Subject,
    [property: Id(3)] string? Role,
    [property: Id(4)] DateTimeOffset? Before);
