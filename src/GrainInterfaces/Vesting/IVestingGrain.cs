using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Vesting;

namespace Stk.GrainInterfaces.Vesting;

/// <summary>Frozen rewards as operators see them. Key: 0.</summary>
[Alias("stk.vesting")]
public interface IVestingGrain : IGrainWithIntegerKey
{
    /// <summary>Those of everybody in one state: open ones by their unlock day, decided ones newest first.</summary>
    /// <param name="request">Cursor and limit.</param>
    [Alias("grants"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<GrantPage> GetGrants(PageRequest request, GrantState state, CancellationToken cancellation);

    /// <summary>
    /// An operator's word, which is final: released from its unlock day on, cancelled at any time before it is decided.
    /// </summary>
    [Alias("decide"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<DecideGrantReply> Decide(DecideGrantRequest request, CancellationToken cancellation);

    /// <summary>A part of the CSV of what was decided in these days, both included.</summary>
    /// <param name="cursor">As the part before gave it; null for the first.</param>
    [Alias("export"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<VestingExportPage> ReadExport(DateOnly from, DateOnly to, string? cursor, CancellationToken cancellation);
}
