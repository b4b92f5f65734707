using System.Collections.Immutable;
using System.Diagnostics;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Operators;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using AskPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Approvals.ApprovalView, Stk.Rules.Spending.SpendingRefusal>;
using ConfirmPlan = Stk.Grains.Requests.RequestPlan<long, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Operators;

/// <inheritdoc cref="IOperatorsGrain"/>
internal sealed class OperatorsGrain(
    KeyedWrites writes, ApprovalDesk desk, OperatorRegister register, IClock clock, TimeProvider time)
    : Grain, IOperatorsGrain
{
    public Task<ImmutableArray<OperatorEntry>> GetRegister(CancellationToken cancellation) => register.Read(cancellation);

    public Task<ImmutableArray<OperatorEntry>> EnterUnknown(
        string subject, string role, CancellationToken cancellation) => register.EnterUnknown(subject, role, cancellation);

    public Task<SpendingReply<ApprovalView>> Add(AddOperatorRequest request, CancellationToken cancellation) =>
        Ask(request.Key, request.By, async by =>
        {
            var act = new AddOperatorAct(
                request.Subject, request.Issuer ?? OperatorEntry.OwnIssuer, request.Role, request.Person,
                request.Participant, (request.Since ?? time.GetUtcNow()).InWholeMicroseconds(),
                request.Until?.InWholeMicroseconds());
            var entries = await register.Read(cancellation);
            return register.Find(entries, act.Issuer, act.Subject, act.Role) is not null
                ? new AskPlan.Refuse(SpendingRefusal.ActNotPossible, IsKept: false)
                : await desk.Ask<SpendingRefusal>(
                    new(request.Key.Id, OperatorAddition.KindName, by, request.Subject, act, request.Reason)
                    {
                        GainingParticipants = request.Participant is { } own ? [own, act.Subject] : [act.Subject],
                        GainingPersons = [request.Person],
                    },
                    cancellation);
        }, cancellation);

    public Task<SpendingReply<ApprovalView>> End(EndOperatorRequest request, CancellationToken cancellation) =>
        Ask(request.Key, request.By, async by =>
        {
            var issuer = request.Issuer ?? OperatorEntry.OwnIssuer;
            var entries = await register.Read(cancellation);
            return register.Find(entries, issuer, request.Subject, request.Role) is not { } entry
                ? new AskPlan.Refuse(SpendingRefusal.ActNotPossible, IsKept: false)
                : await desk.Ask<SpendingRefusal>(
                    new(
                        request.Key.Id, OperatorEnding.KindName, by, request.Subject,
                        new EndOperatorAct(entry.Entry, entry.Subject, entry.Issuer, entry.Role, entry.Person),
                        request.Reason),
                    cancellation);
        }, cancellation);

    public async Task<SpendingReply<OperatorEntry>> Confirm(
        ConfirmOperatorRequest request, CancellationToken cancellation) =>
        await writes.Change(request.Key, () => Plan(request, cancellation), cancellation) switch
        {
            RequestAnswer<long, SpendingRefusal>.Done(var entry, var isReplay) => new SpendingReply<OperatorEntry>.Done(
                (await register.Read(CancellationToken.None)).Single(one => one.Entry == entry), isReplay),
            RequestAnswer<long, SpendingRefusal>.Refused { Reason: var refusal } =>
                new SpendingReply<OperatorEntry>.Refused(refusal, IsReplay: false),
            RequestAnswer<long, SpendingRefusal>.KeyReused => new SpendingReply<OperatorEntry>.KeyReused(),
            _ => throw new UnreachableException(),
        };

    // One who was taken over confirms another: there may be nobody else.
    private async Task<ConfirmPlan> Plan(ConfirmOperatorRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new ConfirmPlan.Refuse(SpendingRefusal.OperatorUnknown);
        }

        var entries = await register.Read(cancellation);
        if (register.Find(entries, OperatorEntry.OwnIssuer, request.Subject, OperatorRegister.OperatorRole)
            is not { IsConfirmed: false } entry)
        {
            return new ConfirmPlan.Refuse(SpendingRefusal.ActNotPossible);
        }

        if (entry.Person == by.Name)
        {
            return new ConfirmPlan.Refuse(SpendingRefusal.NeedsSecondApproval);
        }

        var at = clock.Now.InWholeMicroseconds();
        return new ConfirmPlan.Write(
            entry.Entry,
            new(
                at, by.Subject, "operators.confirm", request.Subject, Before: null,
                AuditEntry.Json(new { confirmed = entry.Entry, subject = entry.Subject, person = entry.Person }),
                request.Reason),
            OperatorRegister.Expect(by), OperatorRegister.Confirm(entry.Entry, at, by.Subject, request.Reason));
    }

    private Task<SpendingReply<ApprovalView>> Ask(
        RequestKey key, string by, Func<ActingPerson, Task<AskPlan>> plan, CancellationToken cancellation) =>
        writes.Spend(
            key,
            async () => await register.FindOperator(by, cancellation) is { } person
                ? await plan(person)
                : new AskPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false),
            stored => desk.ReadAsked(stored.Id), cancellation);
}
