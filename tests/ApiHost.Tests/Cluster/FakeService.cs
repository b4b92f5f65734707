using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Services;
using Stk.Rules.Money;
using Stk.Rules.Services;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Version 3 of a service; none where its id begins with <c>new</c> or is <c>no_such</c>.</summary>
public sealed class FakeService(string id) : IServiceGrain
{
    public FakeAnswers Answers { get; } = new();

    public ConcurrentQueue<object> Asked { get; } = new();

    public ServiceView? Stands { get; set; } =
        id.StartsWith("new", StringComparison.Ordinal) || id == "no_such" ? null : Of(id, ServiceState.Admitted, null);

    public static ServiceView Of(string id, ServiceState state, string? provider) => new(
        id, 3, state, "A mentor's session", "An hour", Amount.OfStk(100), [new("mentor", 8_000), new("treasury", 2_000)],
        new(null, null, 1), ImmutableDictionary<string, string>.Empty, provider, DateTimeOffset.UnixEpoch);

    public Task<ServiceView?> Get() => Task.FromResult(Stands);

    public Task<ServiceView?> Look(string? provider, CancellationToken cancellation) => Get();

    public Task<ServiceReply> Put(PutServiceRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        var draft = request.Draft;
        var objections = ServiceRules.Check(
            draft.Name, draft.Description, draft.Price, [.. draft.Split.Select(share => (share.Role, share.ShareBp))],
            (draft.Term.Days, draft.Term.Months, draft.Term.Sessions), draft.Recipients);
        return Give(request.Key, () =>
            !objections.IsEmpty ? new ServiceReply.Invalid(
                [.. objections.Select(one => new FieldObjection(one.Field, one.Rule, one.Code))])
            : id == "no_such" ? new ServiceReply.Unknown()
            : id == "new_eleventh" ? new ServiceReply.TooMany()
            : request.ExpectedVersion is { } version && version != Stands?.Version ? new ServiceReply.Changed()
            : new ServiceReply.Done(Next(request), false));
    }

    public Task<ServiceReply> SetState(SetServiceStateRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Give(request.Key, () => id == "new_several" && request.Provider is null ? new ServiceReply.Several()
            : id == "svc_taken" ? new ServiceReply.Taken()
            : request.ExpectedVersion is { } version && version != Stands?.Version && Stands is not null
            ? new ServiceReply.Changed()
            : Stands is { } stands
            ? new ServiceReply.Done(
                stands with { Version = 4, State = request.IsAdmitted ? ServiceState.Admitted : ServiceState.Withdrawn },
                false)
            : new ServiceReply.Unknown());
    }

    private ServiceView Next(PutServiceRequest request)
    {
        var next = request.IsOperator
            ? Of(id, ServiceState.Admitted, request.Provider)
            : Of(id, ServiceState.Proposed, request.By);
        return next with
        {
            Version = (Stands?.Version ?? 0) + 1,
            Name = request.Draft.Name,
            Price = request.Draft.Price,
        };
    }

    private Task<ServiceReply> Give(GrainInterfaces.Requests.RequestKey key, Func<ServiceReply> first) => Answers.Give(
        key, first,
        earlier => earlier is ServiceReply.Done done ? done with { IsReplay = true } : earlier,
        () => new ServiceReply.KeyReused());
}

public sealed class FakeCatalogue : ICatalogueGrain
{
    public Task<ImmutableArray<ServiceView>> List(bool isWhole, CancellationToken cancellation)
    {
        ImmutableArray<ServiceView> bought = [FakeService.Of("mentor_session", ServiceState.Admitted, null)];
        return Task.FromResult(
            isWhole ? bought.Add(FakeService.Of("rented_agent", ServiceState.Proposed, "bob")) : bought);
    }

    public async Task<ServicePage> Page(bool isWhole, PageRequest request, CancellationToken cancellation) =>
        request.Cursor is null or "good"
            ? new([.. (await List(isWhole, cancellation)).Take(request.Limit)], request.Limit == 1 && isWhole ? "good" : null)
            : new([], null, IsCursorValid: false);
}
