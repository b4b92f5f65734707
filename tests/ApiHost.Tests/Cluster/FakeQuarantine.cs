using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Activity;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeQuarantine : IQuarantineGrain
{
    public QuarantineRequest? Last { get; private set; }

    public Task<QuarantinePage> List(PageRequest request, string? reason, CancellationToken cancellation) =>
        Task.FromResult(request.Cursor is "bad"
            ? new QuarantinePage([], null, IsCursorValid: false)
            : new QuarantinePage(
                [new(Guid.Empty, null, reason ?? "rejected", "event", "must be", "{", DateTimeOffset.UnixEpoch)], "good"));

    public Task<QuarantineReply> Replay(QuarantineRequest request, CancellationToken cancellation) =>
        Answer(request, [new(Guid.Empty, EventOutcome.Counted, null, null)]);

    public Task<QuarantineReply> Delete(QuarantineRequest request, CancellationToken cancellation) => Answer(request, []);

    private Task<QuarantineReply> Answer(
        QuarantineRequest request, ImmutableArray<QuarantineAnswer> answers)
    {
        Last = request;
        return Task.FromResult(new QuarantineReply(
            answers, 1, KeyUse.First, IsOperatorUnknown: request.By == FakeOperators.GoneInTheSilo));
    }
}
