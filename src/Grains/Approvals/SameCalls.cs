using System.Text.Json;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using AskPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Approvals.ApprovalView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Approvals;

/// <summary>
/// Calls that take two persons and say all of the act: the first person's waits at the desk, and the same call by another
/// person approves it.
/// </summary>
internal sealed class SameCalls(
    ApprovalDesk desk, ApprovalTable approvals, KeyedWrites writes, OperatorRegister register, IClock clock)
{
    /// <summary>Asks, or approves what another has asked for exactly so.</summary>
    /// <param name="act">What exactly is done: the kind's own.</param>
    /// <param name="objection">Why it is not even asked for; null where it may be.</param>
    public async Task<SpendingReply<ApprovalView>> Answer(
        RequestKey key, string by, string reason, string kind, string subject, object act,
        Func<Task<SpendingRefusal?>> objection, CancellationToken cancellation)
    {
        var decides = await approvals.FindDecidedIn(key.Id, cancellation)
            ?? await FindSame(key.Id, by, kind, subject, act, cancellation);
        if (decides is { } waiting)
        {
            return await desk.Decide(new(key, waiting, IsApproved: true, reason, by), kind, cancellation);
        }

        return await writes.Spend(
            key,
            async () =>
            {
                if (await register.FindOperator(by, cancellation) is not { } person)
                {
                    return new AskPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
                }

                return await objection() is { } refusal
                    ? new AskPlan.Refuse(refusal, IsKept: false)
                    : await desk.Ask<SpendingRefusal>(new(key.Id, kind, person, subject, act, reason), cancellation);
            },
            stored => desk.ReadAsked(stored.Id),
            cancellation);
    }

    /// <summary>Whether a request has asked for something at the desk, or decided something there.</summary>
    public async Task<bool> IsOf(Guid request, CancellationToken cancellation) =>
        await approvals.Find(request, clock.Now, cancellation) is not null
            || await approvals.FindDecidedIn(request, cancellation) is not null;

    private async Task<Guid?> FindSame(
        Guid request, string by, string kind, string subject, object act, CancellationToken cancellation) =>
        await approvals.Find(request, clock.Now, cancellation) is null
            && await register.FindOperator(by, cancellation) is { } person
            ? await approvals.FindSame(
                kind, subject, JsonSerializer.Serialize(act, ApprovalDesk.Json), person.Name, clock.Now, cancellation)
            : null;
}
