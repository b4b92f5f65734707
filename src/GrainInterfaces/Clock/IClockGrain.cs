using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Schedules;

namespace Stk.GrainInterfaces.Clock;

/// <summary>Genesis and the manual clock. Key: 0.</summary>
[Alias("stk.clock")]
public interface IClockGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Genesis, set from a request's first acceptable event where there is none yet; null where none is acceptable.
    /// </summary>
    /// <param name="candidates">The well-formed events of a request, in the order sent.</param>
    [Alias("genesis"), AlwaysInterleave, MayCall(CallerRoles.Source)]
    Task<DateTimeOffset?> GetOrSetGenesis(ImmutableArray<GenesisCandidate> candidates);

    /// <summary>
    /// Moves the manual clock, once a key, with an entry in the audit log. Everything due on the way runs, in order of time;
    /// nobody waits for it.
    /// </summary>
    [Alias("set"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SetClockReply> Set(SetClockRequest request);

    /// <summary>
    /// Ends a setting under way: the clock stays where it has come to, and what is under way there is done to its end. Once
    /// a key, with an entry in the audit log; harmless where nothing is under way.
    /// </summary>
    [Alias("stop"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SetClockReply> Stop(StopClockRequest request);
}
