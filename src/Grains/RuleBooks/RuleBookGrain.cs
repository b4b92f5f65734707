using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.Faults;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using ProposePlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Approvals.ApprovalView, Stk.GrainInterfaces.RuleBooks.ProposeReply>;
using WithdrawPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Approvals.ApprovalView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.RuleBooks;

/// <inheritdoc cref="IRuleBookGrain"/>
internal sealed class RuleBookGrain(
    RuleBookTable table, RuleBookChecks checks, KeyedWrites writes, ApprovalDesk desk, OperatorRegister register,
    IClock clock)
    : Grain, IRuleBookGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        DatabaseFaults.Translate(() => table.InsertFirst(clock.Now, cancellationToken));

    // Read each time: versions come and go at the desk, and few ask.
    public Task<ImmutableArray<RuleBookVersion>> GetVersions() => table.Read(CancellationToken.None);

    public ValueTask<WeekId> GetWeekNow() => ValueTask.FromResult(WeekId.Of(clock.Now));

    public async Task<ProposeReply> Propose(ProposeRequest request, CancellationToken cancellation) =>
        await writes.Change(request.Key, () => Plan(request, cancellation), cancellation) switch
        {
            RequestAnswer<ApprovalView, ProposeReply>.Done(var view, var isReplay) =>
                new ProposeReply.Waiting(view, isReplay),
            RequestAnswer<ApprovalView, ProposeReply>.Refused { Reason: var refusal } => refusal,
            RequestAnswer<ApprovalView, ProposeReply>.KeyReused => new ProposeReply.KeyReused(),
            _ => throw new UnreachableException(),
        };

    public Task<SpendingReply<ApprovalView>> Withdraw(WithdrawRequest request, CancellationToken cancellation) =>
        writes.Spend(
            request.Key, () => Plan(request, cancellation), stored => desk.ReadAsked(stored.Id), cancellation);

    private async Task<ProposePlan> Plan(ProposeRequest request, CancellationToken cancellation)
    {
        var versions = await table.Read(cancellation);
        if (await checks.Objection(request.Document, request.EffectiveFrom, versions, cancellation) is { } objection)
        {
            return new ProposePlan.Refuse(objection);
        }

        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new ProposePlan.Refuse(new ProposeReply.OperatorUnknown());
        }

        using var document = JsonDocument.Parse(request.Document);
        return await desk.Ask<ProposeReply>(
            new(
                request.Key?.Id ?? Guid.CreateVersion7(), RuleBookAnnouncement.KindName, by,
                request.EffectiveFrom.ToString(),
                new AnnounceAct(request.EffectiveFrom, versions[^1].Version, document.RootElement.Clone()),
                request.Reason ?? "not given"),
            cancellation);
    }

    private async Task<WithdrawPlan> Plan(WithdrawRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new WithdrawPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        var version = (await table.Read(cancellation)).FirstOrDefault(version => version.Version == request.Version);
        return version is null || !checks.MayBeWithdrawn(version)
            ? new WithdrawPlan.Refuse(SpendingRefusal.ActNotPossible, IsKept: false)
            : await desk.Ask<SpendingRefusal>(
                new(
                    request.Key.Id, RuleBookWithdrawal.KindName, by, version.EffectiveFrom.ToString(),
                    new WithdrawAct(version.Version, version.EffectiveFrom), request.Reason),
                cancellation);
    }
}
