using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Services;
using Stk.Grains.AuditLog;
using Stk.Grains.Faults;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Services;
using Stk.Rules.Time;
using ServicePlan = Stk.Grains.Requests.RequestPlan<
    Stk.GrainInterfaces.Services.ServiceView, Stk.GrainInterfaces.Services.ServiceReply>;

namespace Stk.Grains.Services;

/// <inheritdoc cref="IServiceGrain"/>
internal sealed class ServiceGrain(ServiceTable table, Counterparties counterparties, KeyedWrites writes, IClock clock)
    : Grain, IServiceGrain
{
    private ServiceView? _service;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => DatabaseFaults.Translate(
        async () => _service = await table.Read(this.GetPrimaryKeyString(), cancellationToken));

    public Task<ServiceView?> Get() => Task.FromResult(_service);

    public Task<ServiceReply> Put(PutServiceRequest request, CancellationToken cancellation) => Write(
        request.Key,
        async () => await Objection(request, cancellation) is { } objection
            ? new ServicePlan.Refuse(objection)
            : Plan("service.put", Next(request), request.By, reason: null),
        cancellation);

    public Task<ServiceReply> SetState(SetServiceStateRequest request, CancellationToken cancellation) => Write(
        request.Key,
        () => Task.FromResult<ServicePlan>(_service is { } service
            ? Plan(
                request.IsAdmitted ? "service.admit" : "service.withdraw", Next(service, request), request.By,
                request.Reason)
            : new ServicePlan.Refuse(new ServiceReply.Unknown())),
        cancellation);

    private async Task<ServiceReply> Write(
        RequestKey key, Func<Task<ServicePlan>> plan, CancellationToken cancellation)
    {
        try
        {
            switch (await writes.Change(key, plan, cancellation))
            {
                case RequestAnswer<ServiceView, ServiceReply>.Refused { Reason: var refusal }:
                    return refusal;
                case RequestAnswer<ServiceView, ServiceReply>.KeyReused:
                    return new ServiceReply.KeyReused();
                case RequestAnswer<ServiceView, ServiceReply>.Done { View: var done, IsReplay: var isReplay }:
                    _service = isReplay ? _service : done;
                    return new ServiceReply.Done(done, isReplay);
                default:
                    throw new UnreachableException();
            }
        }
        catch (PostgresException conflict) when (KeyedWrites.IsConflict(conflict))
        {
            // Another activation has changed it: the next one reads what stands.
            DeactivateOnIdle();
            return new ServiceReply.Changed();
        }
        catch
        {
            // It may have landed or not.
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<ServiceReply?> Objection(PutServiceRequest request, CancellationToken cancellation)
    {
        if (!request.IsOperator && _service is { } other && other.Provider != request.By)
        {
            return new ServiceReply.Unknown();
        }

        if (request.ExpectedVersion is { } version && version != (_service?.Version ?? 0))
        {
            return _service is null ? new ServiceReply.Unknown() : new ServiceReply.Changed();
        }

        var draft = request.Draft;
        var objections = ServiceRules.Check(
            draft.Name, draft.Description, draft.Price,
            [.. draft.Split.Select(share => (share.Role, share.ShareBp))],
            (draft.Term.Days, draft.Term.Months, draft.Term.Sessions), draft.Recipients)
            .Select(objection => new FieldObjection(objection.Field, objection.Rule, objection.Code)).ToList();
        if (objections.Count == 0)
        {
            objections.AddRange(await Unknown(request, cancellation));
        }

        return objections.Count == 0 ? null : new ServiceReply.Invalid([.. objections]);
    }

    private async Task<List<FieldObjection>> Unknown(PutServiceRequest request, CancellationToken cancellation)
    {
        var objections = new List<FieldObjection>();
        foreach (var (role, id) in request.Draft.Recipients)
        {
            if (await counterparties.Find(id, cancellation) is null)
            {
                objections.Add(new($"recipients.{role}", "must be a participant"));
            }
        }

        if (!request.IsOperator && await counterparties.Find(request.By, cancellation) is null)
        {
            objections.Add(new("$", "must come from a participant"));
        }

        return objections;
    }

    // A provider's change is off sale until an operator has seen it.
    private ServiceView Next(PutServiceRequest request) => new(
        this.GetPrimaryKeyString(), (_service?.Version ?? 0) + 1,
        request.IsOperator ? ServiceState.Admitted : ServiceState.Proposed,
        request.Draft.Name, request.Draft.Description, request.Draft.Price, request.Draft.Split, request.Draft.Term,
        request.Draft.Recipients, _service is { } service ? service.Provider : request.IsOperator ? null : request.By,
        Now());

    // A version too: whoever has read the one before is told that it has changed.
    private ServiceView Next(ServiceView service, SetServiceStateRequest request)
    {
        var state = request.IsAdmitted ? ServiceState.Admitted : ServiceState.Withdrawn;
        return service.State == state
            ? service
            : service with { Version = service.Version + 1, State = state, ChangedAt = Now() };
    }

    private ServicePlan.Write Plan(string action, ServiceView next, string by, string? reason) => new(
        next,
        new(
            Now(), by, action, next.Id, _service is { } before ? AuditEntry.Json(before) : null, AuditEntry.Json(next),
            reason),
        next == _service ? [] : ServiceTable.Insert(next, by));

    private DateTimeOffset Now() => clock.Now.InWholeMicroseconds();
}
