using System.Collections.Immutable;
using Stk.GrainInterfaces.Identities;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Identities;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeIdentities : IIdentitiesGrain
{
    private static readonly DateTimeOffset At = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public FakeAnswers Answers { get; } = new();

    public LinkRequest? Last { get; private set; }

    public LinkRefusal? RefusesWith { get; set; }

    public Task<ImmutableArray<IdentityView>> OfParticipant(string participant, CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<IdentityView>>(participant.StartsWith("unknown", StringComparison.Ordinal)
            ? []
            :
            [
                new("", participant, participant, null, null, null),
                new("club", "42", participant, At, "the same person", "olga"),
            ]);

    public Task<IdentityView?> Find(string ofNamespace, string id, CancellationToken cancellation) =>
        Task.FromResult(id == "42" ? new IdentityView(ofNamespace, id, "u-17", At, "the same person", "olga") : null);

    public Task<LinkReply> Link(LinkRequest request, CancellationToken cancellation) => Answers.GiveIfKeyed<LinkReply>(
        request.Key,
        () =>
        {
            Last = request;
            return request.By == FakeOperators.GoneInTheSilo ? new(null, IsOperatorUnknown: true)
                : RefusesWith is { } refusal ? new(null, refusal)
                : new(new(request.Namespace, request.Id, request.Participant ?? request.Id, At, request.Reason, request.By));
        },
        first => first with { Key = KeyUse.Replay },
        () => new(null, Key: KeyUse.Reused));
}
