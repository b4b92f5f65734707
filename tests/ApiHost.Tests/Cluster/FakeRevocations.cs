using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Revocations;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeRevocations : IRevocationsGrain, IRevokedTokensGrain
{
    private ImmutableList<RevocationView> _rows = [];

    public ConcurrentQueue<RevokeRequest> Asked { get; } = new();

    public FakeAnswers Answers { get; } = new();

    public Task<RevokeReply> Revoke(RevokeRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Answers.GiveIfKeyed<RevokeReply>(
            request.Key,
            () =>
            {
                if (request.TokenId?.StartsWith("refused", StringComparison.Ordinal) == true)
                {
                    return new(
                        request.TokenId, null, null, request.Reason, request.By, DateTimeOffset.UnixEpoch,
                        IsOperatorUnknown: true);
                }

                var before = request.TokenId is null ? request.Before ?? DateTimeOffset.UtcNow : (DateTimeOffset?)null;
                Add(request.TokenId, request.Subject, before);
                return new(request.TokenId, request.Subject, before, request.Reason, request.By, DateTimeOffset.UnixEpoch);
            },
            first => first with { Use = KeyUse.Replay },
            () => new(null, null, null, "", "", DateTimeOffset.UnixEpoch, KeyUse.Reused));
    }

    public ConcurrentQueue<(string Session, string Subject)> SignedOut { get; } = new();

    public Task SignOut(string session, string subject, CancellationToken cancellation)
    {
        SignedOut.Enqueue((session, subject));
        Add(session, null, null);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<RevocationView>> GetAfter(int number, CancellationToken cancellation) =>
        Task.FromResult(_rows.Skip(number).ToImmutableArray());

    public void Add(string? id, string? subject, DateTimeOffset? before) =>
        ImmutableInterlocked.Update(ref _rows, rows => rows.Add(new(rows.Count + 1, id, subject, null, before)));
}
