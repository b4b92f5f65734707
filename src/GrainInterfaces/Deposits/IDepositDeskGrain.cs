using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Deposits;

namespace Stk.GrainInterfaces.Deposits;

/// <summary>Where operators see what has arrived from outside. Key: 0.</summary>
[Alias("stk.deposit-desk")]
public interface IDepositDeskGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    /// <param name="state">Only these; null for all.</param>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<DepositPage> List(PageRequest request, DepositState? state, CancellationToken cancellation);
}
