using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Faults;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Participants;
using Stk.Rules.Runs;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;
using ClosePlan = Stk.Grains.Requests.RequestPlan<bool, Stk.GrainInterfaces.Weeks.CloseReply>;
using OverridePlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Approvals.ApprovalView, Stk.GrainInterfaces.Weeks.CloseReply>;

namespace Stk.Grains.Weeks;

/// <inheritdoc cref="IWeekGrain"/>
/// <remarks>
/// The run goes on between calls, stage by stage, in this activation's turns, and there is one run at a time. Every call may
/// interleave. What is done stands in <c>weeks.runs</c>; what an operator has asked for, in the state.
/// </remarks>
internal sealed class WeekGrain(
    [PersistentState("week", GrainStorage.Name)] IPersistentState<WeekState> state,
    WeekRun weekRun, WeekClosing closing, WeekExport export, RunTable runs, KeyedWrites writes, ApprovalDesk desk,
    OperatorRegister register, IClock clock, ILogger<WeekGrain> log)
    : Grain, IWeekGrain
{
    /// <summary>How long a caller is kept who asked to drive: most stages of most weeks are done by then.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly StageProgress _progress = new();
    private WeekId _week;

    // As in weeks.runs, once whoever asks any silo sees it.
    private WeekStage? _done;
    private Task _run = Task.CompletedTask;
    private WeekStage? _through;
    private WeekStage? _doing;
    private string? _blockedBy;
    private string? _fault;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        if (!WeekId.TryParse(key, out _week))
        {
            throw new ArgumentException($"no week has the key '{key}'");
        }

        await DatabaseFaults.Translate(async () => _done = (await runs.Read(_week, cancellationToken))?.Done);
    }

    public async Task<WeekStatus> GetStatus()
    {
        var run = await runs.Read(_week, CancellationToken.None);
        var shardsDone = _done == WeekStages.Last ? ParticipantId.Shards : _progress.ShardsDone;
        return new(
            _week, _done, _doing, shardsDone, run?.SealedAt, run?.RulesVersion,
            run?.Participants ?? 0, run?.Total, run?.Reserved, run?.Paid ?? _progress.Paid, _blockedBy, _fault,
            state.State.IsForced);
    }

    public async Task<WeekStatus> Drive(WeekStage through)
    {
        Start(through);
        await Task.WhenAny(_run, Task.Delay(Patience));
        return await GetStatus();
    }

    public async Task<CloseReply> Close(CloseRequest request)
    {
        if (request.OverrideReason is { } reason)
        {
            return await Ask(request, reason);
        }

        var answer = await writes.Change(request.Key, () => Plan(request), CancellationToken.None);
        switch (answer)
        {
            case RequestAnswer<bool, CloseReply>.Refused { Reason: var refusal }:
                return refusal;
            case RequestAnswer<bool, CloseReply>.KeyReused:
                return new CloseReply.KeyReused();
        }

        var isReplay = answer is RequestAnswer<bool, CloseReply>.Done { IsReplay: true };
        if (_done == WeekStages.Last)
        {
            return new CloseReply.Accepted(await GetStatus(), isReplay);
        }

        await Force();
        Log.CloseAsked(log, _week, request.By, isOverride: false);
        return new CloseReply.Accepted(await Drive(WeekStages.Last), isReplay);
    }

    public async Task<WeekStatus> GoOn()
    {
        if (_done == WeekStages.Last || await closing.FindApprover(_week) is not { } approver)
        {
            return await GetStatus();
        }

        await Force();
        Log.CloseAsked(log, _week, approver, isOverride: true);
        return await Drive(WeekStages.Last);
    }

    public Task<ExportPage?> ReadExport(string? cursor, CancellationToken cancellation) =>
        export.Read(_week, cursor, cancellation);

    private async Task<ClosePlan> Plan(CloseRequest request)
    {
        if (await register.FindOperator(request.By, CancellationToken.None) is not { } by)
        {
            return new ClosePlan.Refuse(new CloseReply.OperatorUnknown());
        }

        return _done != WeekStages.Last && await closing.Objection(_week) is { } objection
            ? new ClosePlan.Refuse(new CloseReply.Refused(objection))
            : new ClosePlan.Write(true, Entry(request), OperatorRegister.Expect(by));
    }

    // A refusal is not kept: asked again about a week that is done by then, it is answered so.
    private async Task<CloseReply> Ask(CloseRequest request, string reason) =>
        await writes.Change(request.Key, () => Plan(request, reason), CancellationToken.None) switch
        {
            RequestAnswer<ApprovalView, CloseReply>.Done(var view, var isReplay) => new CloseReply.Waiting(view, isReplay),
            RequestAnswer<ApprovalView, CloseReply>.Refused { Reason: var refusal } => refusal,
            RequestAnswer<ApprovalView, CloseReply>.KeyReused => new CloseReply.KeyReused(),
            _ => throw new UnreachableException(),
        };

    private async Task<OverridePlan> Plan(CloseRequest request, string reason)
    {
        if (_done == WeekStages.Last)
        {
            return new OverridePlan.Refuse(new CloseReply.Accepted(await GetStatus()));
        }

        var (objection, beyond) = await closing.Overridden(_week);
        if (objection is not null)
        {
            return new OverridePlan.Refuse(new CloseReply.Refused(objection));
        }

        return await register.FindOperator(request.By, CancellationToken.None) is { } by
            ? await desk.Ask<CloseReply>(
                new(
                    request.Key?.Id ?? Guid.CreateVersion7(), WeekOverride.KindName, by, _week.ToString(),
                    new OverrideAct(_week, beyond), reason),
                CancellationToken.None)
            : new OverridePlan.Refuse(new CloseReply.OperatorUnknown());
    }

    // Written down first: of a copy whose silo died after that, this is where the close begins.
    private async Task Force()
    {
        if (!state.State.IsForced)
        {
            state.State.IsForced = true;
            await Write();
        }
    }

    private AuditEntry Entry(CloseRequest request) => new(
        clock.Now, request.By, "week.close", _week.ToString(),
        AuditEntry.Json(new { done = _done?.ToString().ToLowerInvariant(), forced = state.State.IsForced }),
        AuditEntry.Json(new { forced = true, isOverride = false }), Reason: null);

    private void Start(WeekStage through)
    {
        _through = _through is null || through > _through ? through : _through;
        if (_run.IsCompleted)
        {
            _run = Run();
        }
    }

    // Never throws: what went wrong is said in the status, and the next drive tries again.
    private async Task Run()
    {
        _blockedBy = null;
        _fault = null;
        try
        {
            while (WeekStages.After(_done) is { } stage && stage <= _through)
            {
                _doing = stage;
                _progress.Begin();
                Log.StageBegun(log, _week, stage);
                await weekRun.Run(stage, _week, state.State, _progress);
                FaultPoints.Reach("week.after-stage");
                _done = stage;
                Log.StageDone(log, _week, stage);
            }
        }
        catch (WeekBlockedException blocked)
        {
            _blockedBy = blocked.Message;
        }
        catch (Exception exception)
        {
            _fault = $"{_doing} failed: {exception.GetType().Name}; it is tried again";
            Log.StageFailed(log, exception, _week, _doing);
        }
        finally
        {
            _doing = null;
            _through = null;
        }
    }

    private async Task Write()
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
