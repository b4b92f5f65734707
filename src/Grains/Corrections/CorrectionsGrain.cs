using Stk.GrainInterfaces.Corrections;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Signatures;
using Stk.Grains.Weeks;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using CorrectionPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Corrections.CorrectionView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Corrections;

/// <inheritdoc cref="ICorrectionsGrain"/>
internal sealed class CorrectionsGrain(
    KeyedWrites writes, CorrectionPlans plans, CorrectionTable table, ApprovalDesk desk, SignatureLimits signatures,
    OperatorRegister register, IClock clock) : Grain, ICorrectionsGrain
{
    private WeekId _week;

    public override Task OnActivateAsync(CancellationToken cancellationToken) =>
        WeekId.TryParse(this.GetPrimaryKeyString(), out _week)
            ? Task.CompletedTask
            : throw new ArgumentException($"no week has the key '{this.GetPrimaryKeyString()}'");

    public Task<SpendingReply<CorrectionView>> Correct(CorrectRequest request, CancellationToken cancellation) =>
        writes.Spend(request.Key, () => Plan(request, cancellation), stored => Read(stored, request), cancellation);

    private async Task<CorrectionPlan> Plan(CorrectRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new CorrectionPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        if (by.Owns(request.Participant))
        {
            return new CorrectionPlan.Refuse(SpendingRefusal.OwnAffair, IsKept: false);
        }

        return await plans.Find(_week, request.Participant, request.Amount, cancellation) switch
        {
            (null, { } objection) => new CorrectionPlan.Refuse(objection, IsKept: false),
            (var terms, _) => await Plan(request, terms!, by, cancellation), // or there is an objection
        };
    }

    private async Task<CorrectionPlan> Plan(
        CorrectRequest request, CorrectionTerms terms, ActingPerson by, CancellationToken cancellation)
    {
        var now = clock.Now.InWholeMicroseconds();
        // What is taken counts as what is given does: both change what somebody has.
        var size = terms.Amount < Amount.Zero ? -terms.Amount : terms.Amount;
        var signature = new Signature(by, terms.Participant, Fund.Rewards, size);
        if (await signatures.Sign(signature, now, cancellation) is { } signed)
        {
            return new CorrectionPlan.Post(
                CorrectionPlans.Transaction(
                    request.Key.Id, terms, request.Reason, request.By, now, approval: null,
                    new RequestEffect(request.Key), signed),
                receipt => new(
                    request.Key.Id, receipt.Sequence, receipt.At, _week, terms.Id, terms.Amount, terms.Revision),
                SpendingRefusal.InsufficientFunds, SpendingRefusal.BalanceTooLarge);
        }

        var asked = new AskedAct(
            request.Key.Id, CorrectionApproval.KindName, by, terms.Id, new CorrectAct(_week, terms.Id, terms.Amount),
            request.Reason)
        {
            GainingParticipants = [terms.Id],
        };
        var (waiting, entry) = await desk.Waiting(asked, cancellation);
        return new CorrectionPlan.Write(
            new(request.Key.Id, 0, now, _week, terms.Id, terms.Amount, 0, waiting), entry,
            ApprovalDesk.Keep(asked, waiting));
    }

    // One that waited has made no transaction: it is answered again as it was, whatever was decided since.
    private async Task<CorrectionView> Read(StoredRequest stored, CorrectRequest request)
    {
        if (stored.Transaction is { } transaction)
        {
            return await table.Read(transaction, CancellationToken.None);
        }

        var waiting = await desk.ReadAsked(stored.Id);
        return new(stored.Id, 0, waiting.AskedAt, _week, request.Participant, request.Amount, 0, waiting);
    }
}
