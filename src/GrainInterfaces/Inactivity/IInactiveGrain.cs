using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Inactivity;

/// <summary>A participant as one who may have been away. Key: the participant id, as in the token's <c>sub</c>.</summary>
[Alias("stk.inactive")]
public interface IInactiveGrain : IGrainWithStringKey
{
    /// <summary>What is coming, what was taken, and how far a restoration has come.</summary>
    [Alias("redistribution"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<RedistributionReply> GetRedistribution(CancellationToken cancellation);

    /// <summary>
    /// Says that nothing should be taken. Answered means committed: nothing is taken before it is decided.
    /// </summary>
    [Alias("appeal"), MayCall(CallerRoles.Self)]
    Task<AppealReply> Appeal(AppealRequest request, CancellationToken cancellation);
}
