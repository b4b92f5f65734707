using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Notices;

namespace Stk.GrainInterfaces.Deliveries;

/// <summary>What is sent beside the inbox, as operators see and steer it. Key: 0.</summary>
[Alias("stk.deliveries")]
public interface IDeliveriesGrain : IGrainWithIntegerKey
{
    /// <summary>What could not be delivered, the newest first.</summary>
    /// <param name="channel">Null for all.</param>
    [Alias("list-dead"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<DeadPage> ListDead(PageRequest request, NoticeChannel? channel, CancellationToken cancellation);

    /// <summary>How each channel stands, in their order.</summary>
    [Alias("get-figures"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<ChannelFigures>> GetFigures(CancellationToken cancellation);

    /// <summary>Has what is dead tried again, at once and as often as anew.</summary>
    [Alias("retry"), MayCall(CallerRoles.Operator)]
    Task<SteeringReply> Retry(RetryDeliveryRequest request, CancellationToken cancellation);

    /// <summary>Lets nothing out of a channel, or lets it go on. What is under way ends.</summary>
    [Alias("pause"), MayCall(CallerRoles.Operator)]
    Task<SteeringReply> Pause(PauseChannelRequest request, CancellationToken cancellation);

    /// <summary>An address counts from now on. False: no address waits for this token, or not any more.</summary>
    [Alias("confirm"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<bool> Confirm(string token, CancellationToken cancellation);
}

[GenerateSerializer, Immutable, Alias("stk.dead-page")]
public sealed record DeadPage(
    [property: Id(0)] ImmutableArray<DeadDelivery> Dead,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <param name="Participant">The outside id.</param>
/// <param name="Kind"><c>vesting.released</c>, for one.</param>
/// <param name="At">Of the notice, by the economy's clock.</param>
/// <param name="Reason">A code.</param>
/// <param name="EndedAt">By the host's clock.</param>
[GenerateSerializer, Immutable, Alias("stk.dead-delivery")]
public sealed record DeadDelivery(
    [property: Id(0)] Guid Notice,
    [property: Id(1)] NoticeChannel Channel,
    [property: Id(2)] string Participant,
    [property: Id(3)] string Kind,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] int Attempts,
    [property: Id(6)] string Reason,
    [property: Id(7)] DateTimeOffset EndedAt);

/// <param name="IsConfigured">On the silo that answers.</param>
/// <param name="PerSecond">The most that it sends.</param>
/// <param name="Waiting">All that has not come to its end.</param>
/// <param name="Due">Of them, what is due.</param>
/// <param name="OldestDue">By the economy's clock; null where nothing is.</param>
/// <param name="Delivered">Within the last day, as what follows.</param>
[GenerateSerializer, Immutable, Alias("stk.channel-figures")]
public sealed record ChannelFigures(
    [property: Id(0)] NoticeChannel Channel,
    [property: Id(1)] bool IsConfigured,
    [property: Id(2)] bool IsPaused,
    [property: Id(3)] double PerSecond,
    [property: Id(4)] long Waiting,
    [property: Id(5)] long Due,
    [property: Id(6)] DateTimeOffset? OldestDue,
    [property: Id(7)] long Dead,
    [property: Id(8)] long Delivered,
    [property: Id(9)] long Gathered,
    [property: Id(10)] long GivenUp);

/// <param name="Key">Of the request.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.retry-delivery")]
public sealed record RetryDeliveryRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Notice,
    [property: Id(2)] NoticeChannel Channel,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <param name="Key">Of the request.</param>
/// <param name="IsPaused">False lets it go on.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.pause-channel")]
public sealed record PauseChannelRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] NoticeChannel Channel,
    [property: Id(2)] bool IsPaused,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <summary>What became of what an operator said. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.steering-reply")]
public abstract record SteeringReply
{
    private SteeringReply() { }

    [GenerateSerializer, Immutable, Alias("stk.steering-reply.done")]
    public sealed record Done([property: Id(0)] bool IsReplay) : SteeringReply;

    /// <summary>There is no such delivery.</summary>
    [GenerateSerializer, Immutable, Alias("stk.steering-reply.unknown")]
    public sealed record Unknown : SteeringReply;

    /// <summary>It waits, or has arrived.</summary>
    [GenerateSerializer, Immutable, Alias("stk.steering-reply.not-dead")]
    public sealed record NotDead : SteeringReply;

    [GenerateSerializer, Immutable, Alias("stk.steering-reply.key-reused")]
    public sealed record KeyReused : SteeringReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.steering-reply.operator-unknown")]
    public sealed record OperatorUnknown : SteeringReply;
}
