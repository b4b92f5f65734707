using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Faults;
using Stk.Grains.Requests;
using Stk.Rules.Participants;
using Stk.Rules.Runs;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Weeks;

/// <inheritdoc cref="IWeekGrain"/>
/// <remarks>
/// The run goes on between calls, stage by stage, in this activation's turns, and there is one run at a time. Every call may
/// interleave. What is done stands in <c>weeks.runs</c>; what an operator has asked for, in the state.
/// </remarks>
internal sealed class WeekGrain(
    [PersistentState("week", GrainStorage.Name)] IPersistentState<WeekState> state,
    WeekRun weekRun, WeekSeal seal, WeekBoundsGate bounds, WeekExport export, RunTable runs, EconomyCache economy,
    KeyedWrites writes, IClock clock, ILogger<WeekGrain> log)
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
        var answer = await writes.Change(request.Key, () => Plan(request), CancellationToken.None);
        switch (answer)
        {
            case RequestAnswer<bool, string>.Refused { Reason: var objection }:
                return new CloseReply.Refused(objection);
            case RequestAnswer<bool, string>.KeyReused:
                return new CloseReply.KeyReused();
        }

        var isReplay = answer is RequestAnswer<bool, string>.Done { IsReplay: true };
        if (_done == WeekStages.Last)
        {
            return new CloseReply.Accepted(await GetStatus(), isReplay);
        }

        // Written down first: of a copy whose silo died after that, this is where the close begins. A reason that is given
        // to a sealed week is not one for its seal.
        var reason = _done is null ? request.OverrideReason : null;
        if (!state.State.IsForced || reason is not null)
        {
            state.State.IsForced = true;
            if (reason is not null)
            {
                state.State.OverrideReason = reason;
                state.State.OverrideBy = request.By;
            }

            await Write();
        }

        Log.CloseAsked(log, _week, request.By, request.OverrideReason is not null);
        return new CloseReply.Accepted(await Drive(WeekStages.Last), isReplay);
    }

    public Task<ExportPage?> ReadExport(string? cursor, CancellationToken cancellation) =>
        export.Read(_week, cursor, cancellation);

    private async Task<RequestPlan<bool, string>> Plan(CloseRequest request)
    {
        if (_done == WeekStages.Last)
        {
            return new RequestPlan<bool, string>.Write(true, Entry(request, beyond: null));
        }

        if (await Objection(request) is { } objection)
        {
            return new RequestPlan<bool, string>.Refuse(objection);
        }

        // Before that nobody knows what the week comes to: a reason for its seal is none for its bounds.
        if (_done != WeekStage.Report || await bounds.Look(_week, CancellationToken.None) is not { } hold)
        {
            return new RequestPlan<bool, string>.Write(true, Entry(request, beyond: null));
        }

        if (!hold.MayBeOverridden || request.OverrideReason is not { } reason)
        {
            return new RequestPlan<bool, string>.Refuse(hold.Rule);
        }

        var entry = Entry(request, hold.Rule);
        return new RequestPlan<bool, string>.Write(
            true, entry,
            BoundOverrideTable.Add(new(_week, entry.At, hold.Rule, reason, request.By, request.ApprovedBy)));
    }

    private AuditEntry Entry(CloseRequest request, string? beyond) => new(
        clock.Now, request.By, "week.close", _week.ToString(),
        AuditEntry.Json(new { done = _done?.ToString().ToLowerInvariant(), forced = state.State.IsForced }),
        beyond is null
            ? AuditEntry.Json(new { forced = true, isOverride = request.OverrideReason is not null })
            : AuditEntry.Json(new { forced = true, isOverride = true, beyond, approvedBy = request.ApprovedBy }),
        request.OverrideReason);

    private async Task<string?> Objection(CloseRequest request)
    {
        await economy.Refresh(CancellationToken.None);
        if (economy.Genesis is not { } genesis || _week < WeekId.Of(genesis))
        {
            return $"{_week} must not lie before genesis";
        }

        return clock.Now < _week.End
            ? $"{_week} must have ended"
            : await seal.Obstacle(_week, request.OverrideReason is not null, CancellationToken.None);
    }

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
