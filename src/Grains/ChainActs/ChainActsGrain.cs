using System.Diagnostics;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.ChainActs;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Payouts;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using AskPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.ChainActs.ChainActView, Stk.Rules.Spending.SpendingRefusal>;
using SignPlan = Stk.Grains.Requests.RequestPlan<System.Guid, Stk.GrainInterfaces.ChainActs.SignedActReply>;

namespace Stk.Grains.ChainActs;

/// <inheritdoc cref="IChainActsGrain"/>
/// <remarks>It remembers nothing: all is asked of the database and of the chain.</remarks>
internal sealed class ChainActsGrain(
    ChainActTable table, AskedActTable asked, ActBounds bounds, HandSigning signing, RefillAsking refills, ApprovalDesk desk,
    KeyedWrites writes, OperatorRegister register, IClock clock) : Grain, IChainActsGrain
{
    public Task<SpendingReply<ChainActView>> Ask(AskChainActRequest request, CancellationToken cancellation) =>
        writes.Spend(request.Key, () => Plan(request, cancellation), stored => ReadAsked(stored.Id), cancellation);

    public Task<ChainActPage> List(PageRequest request, CancellationToken cancellation) =>
        table.List(request, clock.Now, cancellation);

    public async Task<ChainActView?> Get(Guid id, CancellationToken cancellation)
    {
        var found = await table.Find(id, clock.Now, cancellation);
        return found is { IsAwaited: true }
            ? found.View with { ToSign = await signing.Offer(found.Act, cancellation) }
            : found?.View;
    }

    public async Task<SpendingReply<ChainActView>> Decide(
        DecideApprovalRequest request, CancellationToken cancellation) =>
        await desk.Decide(request, ChainActApproval.KindName, cancellation) switch
        {
            SpendingReply<ApprovalView>.Done(_, var isReplay) =>
                new SpendingReply<ChainActView>.Done(await Read(request.Approval), isReplay),
            SpendingReply<ApprovalView>.Refused(var reason, var isReplay) =>
                new SpendingReply<ChainActView>.Refused(reason, isReplay),
            SpendingReply<ApprovalView>.KeyReused => new SpendingReply<ChainActView>.KeyReused(),
            _ => throw new UnreachableException(),
        };

    public async Task<SignedActReply> PutSigned(SignedActRequest request, CancellationToken cancellation)
    {
        switch (await writes.Change(request.Key, () => PlanSigned(request, cancellation), cancellation))
        {
            case RequestAnswer<Guid, SignedActReply>.Done(var act, var isReplay):
                GrainFactory.GetGrain<ISettlementGrain>(ISettlementGrain.Key).Wake().Ignore();
                return new SignedActReply.Done(await Read(act), isReplay);
            case RequestAnswer<Guid, SignedActReply>.Refused(var reply, _):
                return reply;
            case RequestAnswer<Guid, SignedActReply>.KeyReused:
                return new SignedActReply.KeyReused();
            default:
                throw new UnreachableException();
        }
    }

    public Task WantRefill(Amount lacking) => refills.Ask(lacking, CancellationToken.None);

    private async Task<AskPlan> Plan(AskChainActRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new AskPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        var act = new AskedChainAct(request.Key.Id, ChainActNames.KindOf(request.Kind), request.Amount, request.Text);
        if ((await bounds.Look(act, cancellation)).Objection is { } objection)
        {
            return new AskPlan.Refuse(objection, IsKept: false);
        }

        var waits = new AskedAct(
            act.Id, ChainActApproval.KindName, by, act.Id.ToString(),
            new NamedAct(request.Kind, request.Amount, request.Text), request.Reason);
        var (waiting, entry) = await desk.Waiting(waits, cancellation);
        return new AskPlan.Write(
            new(
                act.Id, request.Kind, request.Amount, request.Text, "asked", null, request.By, waiting.AskedAt,
                request.Reason, waiting.ExpiresAt, null, null, null, null),
            entry,
            [.. ApprovalDesk.Keep(waits, waiting), AskedActTable.Insert(act, waiting.AskedAt)]);
    }

    private async Task<SignPlan> PlanSigned(SignedActRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new SignPlan.Refuse(new SignedActReply.OperatorUnknown());
        }

        if (await table.Find(request.Act, clock.Now, cancellation) is not { } found)
        {
            return new SignPlan.Refuse(new SignedActReply.Unknown());
        }

        if (!found.IsAwaited)
        {
            return new SignPlan.Refuse(
                await IsKept(found, request, cancellation)
                    ? new SignedActReply.Done(found.View, IsReplay: true)
                    : new SignedActReply.NotAwaited(found.View.State));
        }

        var check = await signing.Check(found.Act, request.Transaction, cancellation);
        switch (check)
        {
            case SignedCheck.Good(var signature):
                var at = clock.Now.InWholeMicroseconds();
                return new SignPlan.Write(
                    request.Act,
                    new(
                        at, by.Subject, "chain.act.signed", request.Act.ToString(),
                        AuditEntry.Json(new { state = found.View.State }),
                        AuditEntry.Json(new { attempt = found.Number, nonce = signature.Lifetime.Nonce.ToString() }),
                        found.View.Reason),
                    OperatorRegister.Expect(by),
                    AskedActTable.Keep(request.Act, found.Number, signature, by.Subject, at));
            case SignedCheck.Other(var why):
                return new SignPlan.Refuse(new SignedActReply.NotSignedFor(why));
            case SignedCheck.Silent:
                return new SignPlan.Refuse(new SignedActReply.ChainSilent());
            default:
                throw new UnreachableException();
        }
    }

    // Of the attempt that is signed already, in whatever state it is.
    private async Task<bool> IsKept(StoredChainAct found, SignedActRequest request, CancellationToken cancellation)
    {
        foreach (var number in (int[])[found.Number, found.Number - 1])
        {
            if (await asked.FindSigned(request.Act, number, cancellation) is { Bytes: var bytes }
                && bytes.AsSpan().SequenceEqual(request.Transaction.AsSpan()))
            {
                return true;
            }
        }

        return false;
    }

    // As it was answered first: it waited.
    private async Task<ChainActView> ReadAsked(Guid id) => (await Read(id)) with
    {
        State = "asked",
        DecidedBy = null,
        DecidedAt = null,
        Signature = null,
        Slot = null,
    };

    private async Task<ChainActView> Read(Guid id) => (await table.Find(id, clock.Now, CancellationToken.None))?.View
        ?? throw new InvalidOperationException($"a request about act {id} was done, and there is no such act");
}
