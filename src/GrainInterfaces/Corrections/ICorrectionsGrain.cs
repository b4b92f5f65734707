using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Spending;

namespace Stk.GrainInterfaces.Corrections;

/// <summary>
/// Corrects what a closed week gave, one request after the other: each makes the revision that follows the last. Key: the
/// week, 2025-W51.
/// </summary>
[Alias("stk.corrections")]
public interface ICorrectionsGrain : IGrainWithStringKey
{
    /// <summary>
    /// An operator's: gives from the rewards fund, or takes back to it. Above what one signature may give it waits for a
    /// second person.
    /// </summary>
    [Alias("correct"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<CorrectionView>> Correct(CorrectRequest request, CancellationToken cancellation);
}
