using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Corrections;

/// <param name="Amount">Signed, and not zero.</param>
/// <param name="Reason">For the participant and for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.correct-request")]
public sealed record CorrectRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Participant,
    [property: Id(2)] Amount Amount,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <param name="Id">The ledger transaction's; of what waits, the approval's.</param>
/// <param name="Revision">The statement's that first has it; 0 where it waits.</param>
/// <param name="Waiting">What waits for a second person; null where it is done.</param>
[GenerateSerializer, Immutable, Alias("stk.correction")]
public sealed record CorrectionView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] long Sequence,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] WeekId Week,
    [property: Id(4)] string Participant,
    [property: Id(5)] Amount Amount,
    [property: Id(6)] int Revision,
    [property: Id(7)] ApprovalView? Waiting = null);
