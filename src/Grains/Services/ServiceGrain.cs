using System.Diagnostics;
using Npgsql;
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
internal sealed class ServiceGrain(
    ServiceTable table, ProposalTable proposals, Counterparties counterparties, OperatorRegister register,
    KeyedWrites writes, IClock clock)
    : Grain, IServiceGrain
{
    // The public one, and its provider's change that waits: while there is one the service is off sale.
    private ServiceView? _service;
    private ServiceView? _change;

    private string Id => this.GetPrimaryKeyString();

    private ServiceView? Stands => _change ?? _service;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        DatabaseFaults.Translate(() => Load(cancellationToken));

    public Task<ServiceView?> Get() => Task.FromResult(Stands);

    public async Task<ServiceView?> Look(string? provider, CancellationToken cancellation)
    {
        if (provider is not null)
        {
            return await proposals.Read(Id, provider, cancellation) ?? Stands;
        }

        return Stands ?? (await proposals.ReadFirst(Id, cancellation) is [var only] ? only : null);
    }

    public Task<ServiceReply> Put(PutServiceRequest request, CancellationToken cancellation) => request.IsOperator
        ? Write(() => writes.Change(request.Key, () => Plan(request, cancellation), cancellation))
        : Write(() => writes.ChangeOwn(request.Key, () => Propose(request, cancellation), cancellation));

    public Task<ServiceReply> SetState(SetServiceStateRequest request, CancellationToken cancellation) =>
        Write(() => writes.Change(request.Key, () => Plan(request, cancellation), cancellation));

    private async Task Load(CancellationToken cancellation)
    {
        var service = await table.Read(Id, cancellation);
        var change = service?.Provider is { } provider ? await proposals.Read(Id, provider, cancellation) : null;
        (_service, _change) = (service, change);
    }

    private async Task<ServiceReply> Write(Func<Task<RequestAnswer<ServiceView, ServiceReply>>> write)
    {
        try
        {
            switch (await write())
            {
                case RequestAnswer<ServiceView, ServiceReply>.Refused { Reason: var refusal }:
                    return refusal;
                case RequestAnswer<ServiceView, ServiceReply>.KeyReused:
                    return new ServiceReply.KeyReused();
                case RequestAnswer<ServiceView, ServiceReply>.Done { View: var done, IsReplay: var isReplay }:
                    await Load(CancellationToken.None);
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

    // In its provider's name space, and in nobody's log: anybody may propose anything.
    private async Task<ServicePlan> Propose(PutServiceRequest request, CancellationToken cancellation)
    {
        if (_service is { } other && other.Provider != request.By)
        {
            return new ServicePlan.Refuse(new ServiceReply.Unknown());
        }

        var open = await proposals.Read(Id, request.By, cancellation);
        var stands = open ?? _service;
        if (Objection(request, stands) is { } objection)
        {
            return new ServicePlan.Refuse(objection);
        }

        // Whether its recipients are participants is asked when it is admitted: who proposes learns of nobody's id.
        if (await counterparties.Find(request.By, cancellation) is null)
        {
            return new ServicePlan.Refuse(Invalid("$", "must come from a participant"));
        }

        if (open is null && await proposals.CountOpen(request.By, cancellation) >= ProposalTable.MaxOpen)
        {
            return new ServicePlan.Refuse(new ServiceReply.TooMany());
        }

        var next = Next(request, await NextVersion(cancellation), ServiceState.Proposed, request.By);
        return new ServicePlan.WriteUnlogged(next, ProposalTable.Put(next));
    }

    private async Task<ServicePlan> Plan(PutServiceRequest request, CancellationToken cancellation)
    {
        if (Objection(request, Stands) is { } objection)
        {
            return new ServicePlan.Refuse(objection);
        }

        string?[] concerned = [Stands?.Provider, request.Provider, .. request.Draft.Recipients.Values];
        var (by, refusal) = await Deciding(request.By, concerned, cancellation);
        if (by is null)
        {
            return new ServicePlan.Refuse(refusal ?? new ServiceReply.OperatorUnknown());
        }

        if (await Unknown(request.Draft.Recipients, cancellation) is { } unknown)
        {
            return new ServicePlan.Refuse(unknown);
        }

        if (request.Provider is { } provider && await counterparties.Find(provider, cancellation) is null)
        {
            return new ServicePlan.Refuse(Invalid("provider", "must be a participant"));
        }

        var next = Next(request, await NextVersion(cancellation), ServiceState.Admitted, request.Provider);
        return Public(new("service.put", by, Reason: null), Stands, next);
    }

    private async Task<ServicePlan> Plan(SetServiceStateRequest request, CancellationToken cancellation)
    {
        var (meant, refusal) = await Meant(request.Provider, cancellation);
        if (meant is null)
        {
            return new ServicePlan.Refuse(refusal ?? new ServiceReply.Unknown());
        }

        if (request.ExpectedVersion is { } version && version != meant.Version)
        {
            return new ServicePlan.Refuse(new ServiceReply.Changed());
        }

        var (by, own) = await Deciding(request.By, [meant.Provider, .. meant.Recipients.Values], cancellation);
        if (by is null)
        {
            return new ServicePlan.Refuse(own ?? new ServiceReply.OperatorUnknown());
        }

        var isOpen = meant != _service;
        var said = new Word("service.admit", by, request.Reason);
        return !request.IsAdmitted ? await Withdraw(meant, isOpen, by, request.Reason, cancellation)
            : !isOpen ? await Turn(meant, ServiceState.Admitted, said, cancellation)
            : _service is { } other && other.Provider != meant.Provider ? new ServicePlan.Refuse(new ServiceReply.Taken())
            : await Unknown(meant.Recipients, cancellation) is { } unknown ? new ServicePlan.Refuse(unknown)
            : await Turn(meant, ServiceState.Admitted, said, cancellation);
    }

    // What an operator means: whose proposal, the public one, or the one proposal that there is.
    private async Task<(ServiceView? Meant, ServiceReply? Refusal)> Meant(string? provider, CancellationToken cancellation)
    {
        if (provider is not null && (Stands is null || Stands.Provider != provider))
        {
            return (await proposals.Read(Id, provider, cancellation), null);
        }

        if (Stands is { } stands)
        {
            return (stands, null);
        }

        return await proposals.ReadFirst(Id, cancellation) switch
        {
            [] => (null, null),
            [var only] => (only, null),
            _ => (null, new ServiceReply.Several()),
        };
    }

    // A proposal that is turned down is gone; where it would have changed its provider's service, that is withdrawn.
    private async Task<ServicePlan> Withdraw(
        ServiceView meant, bool isOpen, ActingPerson by, string? reason, CancellationToken cancellation)
    {
        if (!isOpen || (_service is { } own && own.Provider == meant.Provider))
        {
            return await Turn(
                _service ?? meant, ServiceState.Withdrawn, new("service.withdraw", by, reason), cancellation);
        }

        var gone = meant with
        {
            Version = await NextVersion(cancellation),
            State = ServiceState.Withdrawn,
            ChangedAt = Now(),
        };
        return new ServicePlan.Write(
            gone, Entry(new("proposal.decline", by, reason), meant, gone), OperatorRegister.Expect(by),
            ProposalTable.Drop(meant, gone.Version));
    }

    // A version too: whoever has read the one before is told that it has changed.
    private async Task<ServicePlan> Turn(
        ServiceView service, ServiceState state, Word said, CancellationToken cancellation)
    {
        if (service == Stands && service.State == state)
        {
            return new ServicePlan.Write(service, Entry(said, service, service), OperatorRegister.Expect(said.By));
        }

        var next = service with { Version = await NextVersion(cancellation), State = state, ChangedAt = Now() };
        return Public(said, service, next);
    }

    private ServicePlan.Write Public(Word said, ServiceView? before, ServiceView next) => new(
        next, Entry(said, before, next),
        [
            OperatorRegister.Expect(said.By),
            .. ServiceTable.Insert(next, _service?.Version, said.By.Subject),
            // What others propose under the id can no longer become public under it.
            ProposalTable.DropAll(Id, below: next.Version),
        ]);

    // Above all that anybody has read under this address: a version is its tag.
    private async Task<int> NextVersion(CancellationToken cancellation) =>
        Math.Max(Stands?.Version ?? 0, await proposals.ReadLastVersion(Id, cancellation)) + 1;

    private static ServiceReply? Objection(PutServiceRequest request, ServiceView? stands)
    {
        if (request.ExpectedVersion is { } version && version != (stands?.Version ?? 0))
        {
            return stands is null ? new ServiceReply.Unknown() : new ServiceReply.Changed();
        }

        var draft = request.Draft;
        var objections = ServiceRules.Check(
            draft.Name, draft.Description, draft.Price,
            [.. draft.Split.Select(share => (share.Role, share.ShareBp))],
            (draft.Term.Days, draft.Term.Months, draft.Term.Sessions), draft.Recipients)
            .Select(objection => new FieldObjection(objection.Field, objection.Rule, objection.Code)).ToList();
        return objections.Count == 0 ? null : new ServiceReply.Invalid([.. objections]);
    }

    // Nobody admits, changes or judges as an operator what is their own, or pays them.
    private async Task<(ActingPerson? By, ServiceReply? Refusal)> Deciding(
        string by, IEnumerable<string?> concerned, CancellationToken cancellation) =>
        await register.FindOperator(by, cancellation) is not { } person ? (null, new ServiceReply.OperatorUnknown())
        : concerned.Any(person.Owns) ? (null, new ServiceReply.OwnAffair())
        : (person, null);

    private async Task<ServiceReply?> Unknown(
        IReadOnlyDictionary<string, string> recipients, CancellationToken cancellation)
    {
        var objections = new List<FieldObjection>();
        foreach (var (role, id) in recipients)
        {
            if (await counterparties.Find(id, cancellation) is null)
            {
                objections.Add(new($"recipients.{role}", "must be a participant"));
            }
        }

        return objections.Count == 0 ? null : new ServiceReply.Invalid([.. objections]);
    }

    private static ServiceReply.Invalid Invalid(string field, string rule) => new([new(field, rule)]);

    private ServiceView Next(PutServiceRequest request, int version, ServiceState state, string? provider) => new(
        Id, version, state, request.Draft.Name, request.Draft.Description, request.Draft.Price, request.Draft.Split,
        request.Draft.Term, request.Draft.Recipients, provider, Now());

    private AuditEntry Entry(Word said, ServiceView? before, ServiceView after) => new(
        Now(), said.By.Subject, said.Action, Id, before is null ? null : AuditEntry.Json(before), AuditEntry.Json(after),
        said.Reason);

    private DateTimeOffset Now() => clock.Now.InWholeMicroseconds();

    /// <summary>What an operator says, as the log has it.</summary>
    private sealed record Word(string Action, ActingPerson By, string? Reason);
}
