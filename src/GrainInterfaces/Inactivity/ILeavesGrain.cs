using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;

namespace Stk.GrainInterfaces.Inactivity;

/// <summary>Times in which nobody is expected to be active. Key: 0.</summary>
[Alias("stk.leaves")]
public interface ILeavesGrain : IGrainWithIntegerKey
{
    /// <summary>The leave of somebody whose first day comes last; null where there is none, or nobody has this id.</summary>
    [Alias("get"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<LeaveView?> Get(string participant, CancellationToken cancellation);

    /// <summary>Says when somebody is on leave; of two words about one first day the later counts.</summary>
    [Alias("put"), MayCall(CallerRoles.Operator)]
    Task<LeaveReply> Put(LeaveRequest request, CancellationToken cancellation);
}

/// <param name="To">The last day; null: it has no end yet.</param>
[GenerateSerializer, Immutable, Alias("stk.leave")]
public sealed record LeaveView([property: Id(0)] DateOnly From, [property: Id(1)] DateOnly? To);

/// <param name="Key">Of the request.</param>
/// <param name="Participant">Whose: the outside id.</param>
/// <param name="To">The last day, not before the first; null: it has no end yet.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.leave-request")]
public sealed record LeaveRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Participant,
    [property: Id(2)] DateOnly From,
    [property: Id(3)] DateOnly? To,
    [property: Id(4)] string Reason,
    [property: Id(5), FromCaller] string By);

/// <summary>What became of a leave. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.leave-reply")]
public abstract record LeaveReply
{
    private LeaveReply() { }

    [GenerateSerializer, Immutable, Alias("stk.leave-reply.done")]
    public sealed record Done([property: Id(0)] bool IsReplay) : LeaveReply;

    /// <summary>Nobody has this id.</summary>
    [GenerateSerializer, Immutable, Alias("stk.leave-reply.unknown")]
    public sealed record Unknown : LeaveReply;

    [GenerateSerializer, Immutable, Alias("stk.leave-reply.key-reused")]
    public sealed record KeyReused : LeaveReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.leave-reply.operator-unknown")]
    public sealed record OperatorUnknown : LeaveReply;

    /// <summary>Nobody says as an operator that they are on leave themselves: it spares them.</summary>
    [GenerateSerializer, Immutable, Alias("stk.leave-reply.own-affair")]
    public sealed record OwnAffair : LeaveReply;
}
