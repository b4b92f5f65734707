using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;

namespace Stk.GrainInterfaces.Suspensions;

/// <summary>Participants whose value cannot leave. Key: 0.</summary>
[Alias("stk.suspensions")]
public interface ISuspensionsGrain : IGrainWithIntegerKey
{
    /// <summary>Whether somebody is suspended; false where nobody has this id.</summary>
    [Alias("is-suspended"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<bool> IsSuspended(string participant, CancellationToken cancellation);

    /// <summary>
    /// Suspends somebody at once, and ends the participant's tokens of before with it. Answered means committed: nothing of
    /// theirs leaves in any later commit.
    /// </summary>
    [Alias("suspend"), MayCall(CallerRoles.Operator)]
    Task<SuspendReply> Suspend(SuspendRequest request, CancellationToken cancellation);

    /// <summary>Asks that somebody's suspension ends: it waits for another operator.</summary>
    [Alias("lift"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Lift(LiftSuspensionRequest request, CancellationToken cancellation);
}

/// <param name="Key">Of the request.</param>
/// <param name="Participant">Whose: the outside id.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.lift-suspension")]
public sealed record LiftSuspensionRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Participant,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);

/// <param name="Key">Of the request.</param>
/// <param name="Participant">Whom: the outside id.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.suspend")]
public sealed record SuspendRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Participant,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);

/// <summary>What became of a suspension. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.suspend-reply")]
public abstract record SuspendReply
{
    private SuspendReply() { }

    /// <summary>Suspended, now or before.</summary>
    [GenerateSerializer, Immutable, Alias("stk.suspend-reply.done")]
    public sealed record Done([property: Id(0)] bool IsReplay) : SuspendReply;

    /// <summary>Nobody has this id.</summary>
    [GenerateSerializer, Immutable, Alias("stk.suspend-reply.unknown")]
    public sealed record Unknown : SuspendReply;

    [GenerateSerializer, Immutable, Alias("stk.suspend-reply.key-reused")]
    public sealed record KeyReused : SuspendReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.suspend-reply.operator-unknown")]
    public sealed record OperatorUnknown : SuspendReply;
}
