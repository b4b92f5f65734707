using System.Collections.Immutable;
using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Renewals;
using Stk.Grains.Requests;
using Stk.Grains.Weeks;
using Stk.Rules.Runs;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using WorkPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Schedules.ComingView, Stk.GrainInterfaces.Schedules.WorkReply>;

namespace Stk.Grains.Schedules;

/// <summary>What operators see of due work, and what they say to it.</summary>
internal sealed partial class ScheduleGrain
{
    public async Task<ScheduleReply> GetSchedule(PageRequest request, CancellationToken cancellation)
    {
        var now = clock.Now;
        if (await work.Read(request, cancellation) is not { } page)
        {
            return new(now, _pausedBecause is not null, null, [], [], null, IsCursorValid: false);
        }

        var audit = await work.FindOpen(DueKinds.Audit, cancellation);
        return new(
            now, _pausedBecause is not null, await Running(cancellation), page.Items,
            [
                .. Coming().Select(View),
                .. audit is null ? [] : (ComingView[])[new(audit.Kind, audit.Subject, audit.Due)],
            ],
            page.Next);
    }

    public async Task<WorkReply> RunBy(RunWorkRequest request)
    {
        var reply = Reply(await writes.Change(request.Key, () => PlanRun(request), CancellationToken.None));
        if (reply is WorkReply.Done { Work.Kind: var kind })
        {
            // Whatever it waited for is looked at again, and what is due before it is done first.
            await (kind == DueKinds.Audit ? GrainFactory.GetGrain<ILedgerAuditGrain>(0).Look() : Wake());
        }

        return reply;
    }

    public async Task<WorkReply> SkipBy(SkipWorkRequest request)
    {
        while (true)
        {
            try
            {
                var reply = Reply(await writes.Change(request.Key, () => PlanSkip(request), CancellationToken.None));
                if (reply is WorkReply.Done { Work: var skipped, IsReplay: false })
                {
                    Log.WorkSkipped(log, skipped.Kind, skipped.Subject, request.By);
                    await quarters.Read(CancellationToken.None);
                    _lastNotified = await weekNotices.ReadLast(CancellationToken.None);
                    _lastRenewed = await renewals.ReadLast(CancellationToken.None);
                    await Wake();
                }

                return reply;
            }
            catch (PostgresException conflict) when (KeyedWrites.IsConflict(conflict))
            {
                // It has begun in this moment, or another operator was first: planned again on what stands.
            }
        }
    }

    // As it is written down, with the tries before.
    private async Task<WorkView?> Running(CancellationToken cancellation) => workLog.Running is { } running
        ? await work.Find(running.Kind, running.Subject, cancellation) is { State: "running" } found ? found : running
        : null;

    private static WorkReply Reply(RequestAnswer<ComingView, WorkReply> answer) => answer switch
    {
        RequestAnswer<ComingView, WorkReply>.Done(var view, var isReplay) => new WorkReply.Done(view, isReplay),
        RequestAnswer<ComingView, WorkReply>.Refused { Reason: var refusal } => refusal,
        RequestAnswer<ComingView, WorkReply>.KeyReused => new WorkReply.KeyReused(),
        _ => throw new UnreachableException(),
    };

    private async Task<WorkPlan> PlanRun(RunWorkRequest request)
    {
        if (await register.FindOperator(request.By, CancellationToken.None) is not { } by)
        {
            return new WorkPlan.Refuse(new WorkReply.OperatorUnknown());
        }

        var due = request.Kind == DueKinds.Audit
            ? await DueAudit(request.Subject)
            : Coming().Where(item => item.At <= clock.Now && item.Kind == request.Kind && item.Subject == request.Subject)
                .Select(View).FirstOrDefault();
        return due is null
            ? new WorkPlan.Refuse(new WorkReply.NotDue())
            : new WorkPlan.Write(
                due,
                Entry(by, "schedule.run", due, reason: null), OperatorRegister.Expect(by));
    }

    private async Task<WorkPlan> PlanSkip(SkipWorkRequest request)
    {
        if (await register.FindOperator(request.By, CancellationToken.None) is not { } by)
        {
            return new WorkPlan.Refuse(new WorkReply.OperatorUnknown());
        }

        var at = clock.Now.InWholeMicroseconds();
        if (!DueKinds.Skippable.Contains(request.Kind) || await FindSkip(request, at) is not var (item, skip))
        {
            return new WorkPlan.Refuse(new WorkReply.NotSkippable());
        }

        return new WorkPlan.Write(
            View(item), Entry(by, "schedule.skip", View(item), request.Reason) with { At = at },
            [
                OperatorRegister.Expect(by), .. WorkTable.Skip(View(item), at, by.Subject, request.Reason),
                skip,
            ]);
    }

    // With the command that makes it done without doing it; null where it is not the next of its kind, or has begun.
    private async Task<(DueItem Item, NpgsqlBatchCommand Skip)?> FindSkip(SkipWorkRequest request, DateTimeOffset at)
    {
        if (request.Kind == DueKinds.WeekNotify)
        {
            return Coming().OfType<DueItem.WeekNotices>().FirstOrDefault() is { } next && next.Subject == request.Subject
                ? (next, WeekNotices.Skip(next.Week, at))
                : null;
        }

        if (request.Kind == DueKinds.Renewals)
        {
            return Coming().OfType<DueItem.Renewals>().FirstOrDefault() is { } next && next.Subject == request.Subject
                ? (next, RenewalTable.Skip(next.Day))
                : null;
        }

        return quarters.Find(economy.Genesis, request.Kind, request.Subject) is { } item && !await quarters.HasBegun(item)
            ? (item, quarters.Skip(item, at))
            : null;
    }

    private AuditEntry Entry(ActingPerson by, string action, ComingView item, string? reason) => new(
        clock.Now.InWholeMicroseconds(), by.Subject, action, $"{item.Kind} {item.Subject}", Before: null,
        AuditEntry.Json(new { kind = item.Kind, subject = item.Subject, due = item.Due }), reason);

    private async Task<ComingView?> DueAudit(string subject) =>
        await work.FindOpen(DueKinds.Audit, CancellationToken.None) is { } open && open.Subject == subject
            && open.Due <= host.GetUtcNow()
            ? new ComingView(open.Kind, open.Subject, open.Due)
            : null;

    // What waits is due all the same.
    private ImmutableArray<DueItem> Coming() => ComingWork.Of(
        Due() with
        {
            Blocked = System.Collections.Frozen.FrozenSet<WeekId>.Empty,
            Inactivity = quarters.Pending(economy.Genesis),
        },
        clock.Now);

    private static ComingView View(DueItem item) => new(item.Kind, item.Subject, item.At);
}
