using System.Collections.Immutable;
using Stk.GrainInterfaces.Identities;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Identities;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Who begins with the name of a refusal is refused by it.</summary>
public sealed class FakeMerges : IMergesGrain
{
    public static readonly Guid Known = new("0190c2f0-0000-7000-8000-00000000000a");

    private static readonly DateTimeOffset At = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public FakeAnswers Answers { get; } = new();

    public Task<ImmutableArray<MergeView>> List(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<MergeView>>(
            [new(Known, "anon-1", "u-17", 2, At, "olga", "the same person", null, null, null)]);

    public Task<MergeReply> Merge(MergeRequest request, CancellationToken cancellation) => Give(
        request.Key, () => Enum.GetValues<LinkRefusal>().Cast<LinkRefusal?>().FirstOrDefault(
            refusal => request.From.StartsWith($"{refusal}", StringComparison.Ordinal)) is { } refused
            ? new(null, refused)
            : new(new(request.Key.Id, request.From, request.Into, 2, At, request.By, request.Reason, null, null, null)));

    public Task<MergeReply> Undo(UndoMergeRequest request, CancellationToken cancellation) => Give(
        request.Key, () => request.Merge != Known
            ? new(null, LinkRefusal.UnknownMerge)
            : new(new(
                Known, "anon-1", "u-17", 2, At, "olga", "the same person", At.AddDays(1), request.By, request.Reason)));

    private Task<MergeReply> Give(RequestKey key, Func<MergeReply> first) => Answers.Give(
        key, first, again => again with { Key = KeyUse.Replay }, () => new(null, Key: KeyUse.Reused));
}
