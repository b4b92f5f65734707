using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Traces;

/// <summary>Keeps who has read a named person's data. Any silo does. Key: 0.</summary>
[Alias("stk.traces")]
public interface ITracesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Answered means committed. Each has an id: sent again it is kept once. Of nobody's data none is kept.
    /// </summary>
    [Alias("keep"), MayCall(CallerRoles.Host)]
    Task Keep(ImmutableArray<ReadTrace> reads, CancellationToken cancellation);
}

/// <summary>One read of a named person's data.</summary>
/// <param name="Id">Its own.</param>
/// <param name="At">By real time.</param>
/// <param name="By">The token's subject.</param>
/// <param name="Role">operator or auditor.</param>
/// <param name="Participant">Whose data: the outside id.</param>
/// <param name="What">The operation's name.</param>
/// <param name="Reason">Where one was given; null where none was.</param>
[GenerateSerializer, Immutable, Alias("stk.read-trace")]
public sealed record ReadTrace(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string By,
    [property: Id(3)] string Role,
    [property: Id(4)] string Participant,
    [property: Id(5)] string What,
    [property: Id(6)] string? Reason);
