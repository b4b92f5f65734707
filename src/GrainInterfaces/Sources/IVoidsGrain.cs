using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;

namespace Stk.GrainInterfaces.Sources;

/// <summary>What of a source counts as if it had never been sent. Key: the source's name.</summary>
[Alias("stk.voids")]
public interface IVoidsGrain : IGrainWithStringKey
{
    /// <summary>The newest first, at most 200.</summary>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<VoidView>> List(CancellationToken cancellation);

    /// <summary>
    /// Asks that events received in a time count as if they had never been sent: it waits for another operator, and says how
    /// many it is about.
    /// </summary>
    [Alias("void"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Void(VoidEventsRequest request, CancellationToken cancellation);

    /// <summary>Asks that they count again, in the weeks that are not sealed: it waits for another operator.</summary>
    [Alias("lift"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Lift(LiftVoidRequest request, CancellationToken cancellation);
}

/// <param name="ReceivedFrom">By the economy's clock.</param>
/// <param name="ReceivedTo">Not in it. May lie ahead: then what comes until then is void too.</param>
/// <param name="Types">Null: all.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.void-events")]
public sealed record VoidEventsRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] DateTimeOffset ReceivedFrom,
    [property: Id(2)] DateTimeOffset ReceivedTo,
    [property: Id(3)] ImmutableArray<string>? Types,
    [property: Id(4)] string Reason,
    [property: Id(5), FromCaller] string By);

/// <param name="Void">As <see cref="VoidView.Id"/>.</param>
[GenerateSerializer, Immutable, Alias("stk.lift-void-request")]
public sealed record LiftVoidRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Void,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);

/// <param name="Id">Of what waited for the second person.</param>
/// <param name="Types">Null: all.</param>
/// <param name="At">When it was approved, by the economy's clock.</param>
/// <param name="LiftedAt">Null while it stands.</param>
[GenerateSerializer, Immutable, Alias("stk.void-view")]
public sealed record VoidView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset ReceivedFrom,
    [property: Id(2)] DateTimeOffset ReceivedTo,
    [property: Id(3)] ImmutableArray<string>? Types,
    [property: Id(4)] string Reason,
    [property: Id(5)] string AskedBy,
    [property: Id(6)] string ApprovedBy,
    [property: Id(7)] DateTimeOffset At,
    [property: Id(8)] DateTimeOffset? LiftedAt,
    [property: Id(9)] string? LiftedReason);
