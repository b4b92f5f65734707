using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stk.GrainInterfaces.Deliveries;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Notices;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>One notice that could not be delivered by e-mail, and channels that can be paused.</summary>
public sealed class FakeDeliveries : IDeliveriesGrain
{
    public const string Token = "0123456789abcdef";

    public static readonly Guid Notice = new("0190c2f0-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentDictionary<NoticeChannel, bool> _paused = new();

    public FakeAnswers Answers { get; } = new();

    public ConcurrentQueue<PauseChannelRequest> Pauses { get; } = new();

    public Task<DeadPage> ListDead(PageRequest request, NoticeChannel? channel, CancellationToken cancellation) =>
        Task.FromResult(new DeadPage(
            channel is null or NoticeChannel.Email
                ? [new(Notice, NoticeChannel.Email, "ann", "vesting.released", At, 1, "smtp-550", At)]
                : [],
            null, IsCursorValid: request.Cursor is null));

    public Task<ImmutableArray<ChannelFigures>> GetFigures(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<ChannelFigures>>([
            .. NoticeChannels.All.Select(channel => new ChannelFigures(
                channel, true, _paused.GetValueOrDefault(channel), 50, 4, 3, At, 1, 2, 0, 0)),
        ]);

    public Task<SteeringReply> Retry(RetryDeliveryRequest request, CancellationToken cancellation) =>
        Answers.Give<SteeringReply>(
            request.Key,
            () => request.Notice != Notice ? new SteeringReply.Unknown()
                : request.Channel != NoticeChannel.Email ? new SteeringReply.NotDead()
                : new SteeringReply.Done(IsReplay: false),
            first => first is SteeringReply.Done ? new SteeringReply.Done(IsReplay: true) : first,
            () => new SteeringReply.KeyReused());

    public Task<SteeringReply> Pause(PauseChannelRequest request, CancellationToken cancellation) =>
        Answers.Give<SteeringReply>(
            request.Key,
            () =>
            {
                Pauses.Enqueue(request);
                _paused[request.Channel] = request.IsPaused;
                return new SteeringReply.Done(IsReplay: false);
            },
            _ => new SteeringReply.Done(IsReplay: true),
            () => new SteeringReply.KeyReused());

    public Task<bool> Confirm(string token, CancellationToken cancellation) => Task.FromResult(token == Token);
}
