using System.Collections.Concurrent;
using Stk.GrainInterfaces.Suspensions;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeSuspensions : ISuspensionsGrain
{
    public ConcurrentDictionary<string, SuspendRequest> Suspended { get; } = new(StringComparer.Ordinal);

    public FakeAnswers Answers { get; } = new();

    public Task<bool> IsSuspended(string participant, CancellationToken cancellation) =>
        Task.FromResult(Suspended.ContainsKey(participant));

    public Task<SuspendReply> Suspend(SuspendRequest request, CancellationToken cancellation) =>
        Answers.Give<SuspendReply>(
            request.Key,
            () =>
            {
                if (request.Participant.StartsWith("unknown", StringComparison.Ordinal))
                {
                    return new SuspendReply.Unknown();
                }

                Suspended[request.Participant] = request;
                return new SuspendReply.Done(IsReplay: false);
            },
            _ => new SuspendReply.Done(IsReplay: true),
            () => new SuspendReply.KeyReused());
}
