using Stk.GrainInterfaces.Callers;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Statements;

/// <summary>
/// Makes reports and documents of a participant's weekly statements, anywhere in the cluster and apart from the
/// participant's own actor: drawing keeps no balance waiting. Key: the participant id.
/// </summary>
[Alias("stk.statements")]
public interface IStatementsGrain : IGrainWithStringKey
{
    /// <summary>The report of a week as JSON (UTF-8), or null where the week gave no statement.</summary>
    [Alias("report"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<byte[]?> GetReport(WeekId week, CancellationToken cancellation);

    /// <summary>The same of one revision; null also where there is no such one.</summary>
    /// <param name="revision">From 1; null for the last.</param>
    [Alias("report-of"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<byte[]?> GetReport(WeekId week, int? revision, CancellationToken cancellation);

    /// <summary>
    /// What shows that the statement of a week, as it was first, is one of those that the week's root stands for, as JSON
    /// (UTF-8); null where the week gave no statement, is not reported yet, or was reported before roots were kept.
    /// </summary>
    [Alias("proof"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<byte[]?> GetProof(WeekId week, CancellationToken cancellation);

    /// <summary>The statement of a week in a form, or null where the week gave none.</summary>
    /// <exception cref="Faults.ClusterBusyException">Too many are being drawn.</exception>
    [Alias("show"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<ShownStatement?> Show(ShowStatement request, CancellationToken cancellation);
}
