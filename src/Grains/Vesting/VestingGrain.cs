using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Vesting;
using Stk.Grains.Approvals;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Signatures;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Vesting;
using DecidePlan =
    Stk.Grains.Requests.RequestPlan<Stk.Grains.Vesting.KeptDecision, Stk.GrainInterfaces.Vesting.DecideGrantReply>;

namespace Stk.Grains.Vesting;

/// <inheritdoc cref="IVestingGrain"/>
internal sealed class VestingGrain(
    GrantPages pages, VestingExport export, OperatorDecisions decisions, OperatorRegister register,
    SignatureLimits signatures, ApprovalDesk desk, KeyedWrites writes, IClock clock) : Grain, IVestingGrain
{
    public Task<GrantPage> GetGrants(PageRequest request, GrantState state, CancellationToken cancellation) =>
        pages.Read(request, state, cancellation);

    public Task<VestingExportPage> ReadExport(
        DateOnly from, DateOnly to, string? cursor, CancellationToken cancellation) =>
        export.Read(from, to, cursor, cancellation);

    public async Task<DecideGrantReply> Decide(DecideGrantRequest request, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await writes.Change(request.Key, () => Plan(request, cancellation), cancellation) switch
                {
                    RequestAnswer<KeptDecision, DecideGrantReply>.Done { View.Approval: { } id, IsReplay: var isReplay } =>
                        new DecideGrantReply.Waiting(await desk.ReadAsked(id), isReplay),
                    RequestAnswer<KeptDecision, DecideGrantReply>.Done { IsReplay: var isReplay } =>
                        new DecideGrantReply.Done(
                            await pages.Show(await decisions.PayOut(request.Grant), CancellationToken.None), isReplay),
                    RequestAnswer<KeptDecision, DecideGrantReply>.Refused { Reason: var refusal } => refusal,
                    RequestAnswer<KeptDecision, DecideGrantReply>.KeyReused => new DecideGrantReply.KeyReused(),
                    _ => throw new UnreachableException(),
                };
            }
            catch (PostgresException conflict) when (KeyedWrites.IsConflict(conflict))
            {
                // A day's run or another operator was first, or the limit is reached: planned again on what stands.
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<DecidePlan> Plan(DecideGrantRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new DecidePlan.Refuse(new DecideGrantReply.OperatorUnknown());
        }

        var at = clock.Now.InWholeMicroseconds();
        return await decisions.Find(request.Grant, cancellation) switch
        {
            null => new DecidePlan.Refuse(new DecideGrantReply.Unknown()),
            { Decision: not null } => new DecidePlan.Refuse(new DecideGrantReply.AlreadyDecided()),
            { Grant.UnlocksOn: var day } when !GrantDecision.OperatorMay(
                request.Verdict, day, DateOnly.FromDateTime(at.UtcDateTime)) =>
                new DecidePlan.Refuse(new DecideGrantReply.StillFrozen(day)),
            { Owner: var owner } when by.Owns(owner) => new DecidePlan.Refuse(new DecideGrantReply.OwnAffair()),
            var open when request.Verdict == Verdict.Cancel =>
                await Plan(request, open, by, person: null, at, [], cancellation),
            var open => await Release(request, open, by, at, cancellation),
        };
    }

    // It gives a participant STK: it counts towards what one signature may give, and above that it takes two.
    private async Task<DecidePlan> Release(
        DecideGrantRequest request, ListedGrant open, ActingPerson by, DateTimeOffset at, CancellationToken cancellation)
    {
        var signature = new Signature(by, open.Grant.Participant, Fund: null, open.Grant.Amount);
        if (await signatures.Sign(signature, at, cancellation) is { } signed)
        {
            return await Plan(
                request, open, by, by.Name, at, [SignatureEffect.Within(signature, at, signed.Limit)], cancellation);
        }

        var asked = new AskedAct(
            request.Key.Id, GrantRelease.KindName, by, open.Owner, ReleaseGrantAct.Of(open), request.Reason)
        {
            GainingParticipants = [open.Owner],
        };
        var (waiting, entry) = await desk.Waiting(asked, cancellation);
        return new DecidePlan.Write(new(waiting.Id), entry, [.. ApprovalDesk.Keep(asked, waiting)]);
    }

    private async Task<DecidePlan> Plan(
        DecideGrantRequest request, ListedGrant open, ActingPerson by, string? person, DateTimeOffset at,
        IReadOnlyList<NpgsqlBatchCommand> behind, CancellationToken cancellation)
    {
        var (entry, commands) = await decisions.Plan(
            open, new(request.Verdict, by.Subject, request.Reason, at, "vesting.decide", person, Approval: null),
            cancellation);
        return new DecidePlan.Write(new(Approval: null), entry, [OperatorRegister.Expect(by), .. commands, .. behind]);
    }
}

/// <summary>What is kept of an operator's request.</summary>
/// <param name="Approval">That waits for a second person; null where it was decided at once.</param>
internal sealed record KeptDecision(Guid? Approval);
