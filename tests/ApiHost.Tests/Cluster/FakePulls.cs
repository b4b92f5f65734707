using System.Collections.Immutable;
using Stk.GrainInterfaces.Pulls;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>A source whose name begins with the name of a verdict gets that.</summary>
public sealed class FakePulls(string source) : IPullsGrain
{
    private static readonly DateTimeOffset Day = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public FakeAnswers Answers { get; } = new();

    public object? Last { get; private set; }

    public Task<ImmutableArray<BackfillView>> ListBackfills(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<BackfillView>>(
            [new(Guid.Empty, Day, Day.AddDays(9), Day.AddDays(9), 41, "it was away", "olga", Day.AddDays(20), null)]);

    public Task<ImmutableArray<WeekCheckView>> ListChecks(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<WeekCheckView>>(
            [new(Guid.Empty, WeekId.Of(Day), null, null, Day.AddDays(8), Day.AddDays(7), 3, 2, 1)]);

    public Task<PullAskReply> Pull(PullNowRequest request, CancellationToken cancellation) =>
        Give(request.Key, request, new(PullVerdict.Asked));

    public Task<PullAskReply> Backfill(BackfillRequest request, CancellationToken cancellation) => Give(
        request.Key, request, new(PullVerdict.Asked, Backfill: new(
            request.Key.Id, request.From, request.To, request.From, 0, request.Reason, request.By, Day, null)));

    public Task<PullAskReply> Check(CheckWeekRequest request, CancellationToken cancellation) => Give(
        request.Key, request, new(PullVerdict.Asked, Check: new(
            request.Key.Id, request.Week, request.Reason, request.By, Day, null, null, null, null)));

    private Task<PullAskReply> Give(RequestKey key, object request, PullAskReply done) => Answers.Give(
        key,
        () =>
        {
            Last = request;
            return Enum.GetValues<PullVerdict>().Cast<PullVerdict?>().FirstOrDefault(verdict =>
                source.StartsWith($"{verdict}", StringComparison.Ordinal)) is { } refused
                ? new(refused)
                : done;
        },
        first => first with { Key = KeyUse.Replay }, () => new(PullVerdict.Asked, KeyUse.Reused));
}
