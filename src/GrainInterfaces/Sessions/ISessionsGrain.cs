using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Sessions;

/// <summary>
/// The sessions of the pages, for hosts that have no database. Whoever has a session's secret has the session. One on each
/// silo. Key: 0.
/// </summary>
[Alias("stk.sessions")]
public interface ISessionsGrain : IGrainWithIntegerKey
{
    /// <summary>Whose it is, half a second old at most; null where there is none, or none any more.</summary>
    [Alias("find"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<SessionView?> Find(string secret, CancellationToken cancellation);

    /// <summary>Answered means committed; every host knows it within a second. What has ended ends again.</summary>
    [Alias("end"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task End(string secret, CancellationToken cancellation);

    /// <summary>The same, of every session of the subject in its role.</summary>
    [Alias("end-all"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task EndAll(string secret, CancellationToken cancellation);
}

/// <param name="Subject">Of a participant the id.</param>
/// <param name="SignedInAt">By real time, in whole seconds.</param>
/// <param name="EndsAt">By real time.</param>
[GenerateSerializer, Immutable, Alias("stk.session")]
public sealed record SessionView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Subject,
    [property: Id(2)] string Role,
    [property: Id(3)] DateTimeOffset SignedInAt,
    [property: Id(4)] DateTimeOffset EndsAt);
