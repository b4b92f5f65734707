using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Pulls;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Sources;
using Stk.Rules.Pulls;
using Stk.Rules.Sources;
using Stk.Rules.Time;
using AskPlan = Stk.Grains.Requests.RequestPlan<bool, Stk.GrainInterfaces.Pulls.PullAskReply>;

namespace Stk.Grains.Pulls;

/// <inheritdoc cref="IPullsGrain"/>
internal sealed class PullsGrain(
    BackfillTable backfills, WeekCheckTable checks, SourceTable sources, OperatorRegister register, KeyedWrites writes,
    IClock clock)
    : Grain, IPullsGrain
{
    private string Source => this.GetPrimaryKeyString();

    public Task<ImmutableArray<BackfillView>> ListBackfills(CancellationToken cancellation) =>
        backfills.List(Source, id: null, cancellation);

    public Task<ImmutableArray<WeekCheckView>> ListChecks(CancellationToken cancellation) =>
        checks.List(Source, id: null, cancellation);

    public Task<PullAskReply> Pull(PullNowRequest request, CancellationToken cancellation) => Ask(
        request.Key, request.By, "source.pull", request.Reason,
        (_, _, _) => Task.FromResult((Asking?)new(new { asked = true }, [])), cancellation);

    public async Task<PullAskReply> Backfill(BackfillRequest request, CancellationToken cancellation)
    {
        var (from, to) = (request.From.InWholeMicroseconds(), request.To.InWholeMicroseconds());
        var reply = await Ask(
            request.Key, request.By, "source.backfill", request.Reason,
            (source, _, at) => Task.FromResult(to > at ? null : new Asking(
                new { id = request.Key.Id, from, to },
                [BackfillTable.Ask(request.Key.Id, source.Id, from, to, request.Reason, request.By, at)])),
            cancellation);
        return reply with { Backfill = (await backfills.List(Source, request.Key.Id, cancellation)).FirstOrDefault() };
    }

    public async Task<PullAskReply> Check(CheckWeekRequest request, CancellationToken cancellation)
    {
        var reply = await Ask(
            request.Key, request.By, "source.reconcile", request.Reason,
            async (source, pull, at) => PullPlan.OfWeek(pull, request.Week, at) is null ? null
                : await checks.IsSealed(request.Week, cancellation) ? Asking.Sealed
                : new Asking(
                    new { id = request.Key.Id, week = request.Week.ToString() },
                    [WeekCheckTable.Ask(request.Key.Id, source.Id, request.Week, request.Reason, request.By, at)]),
            cancellation);
        return reply with { Check = (await checks.List(Source, request.Key.Id, cancellation)).FirstOrDefault() };
    }

    private async Task<PullAskReply> Ask(
        RequestKey key, string by, string action, string? reason,
        Func<KnownSource, PullSettings, DateTimeOffset, Task<Asking?>> ask, CancellationToken cancellation) =>
        await writes.Change(key, () => Plan(by, action, reason, ask, cancellation), cancellation) switch
        {
            RequestAnswer<bool, PullAskReply>.Refused { Reason: var refusal } => refusal,
            RequestAnswer<bool, PullAskReply>.Done { IsReplay: var isReplay } =>
                new(PullVerdict.Asked, isReplay ? KeyUse.Replay : KeyUse.First),
            _ => new(PullVerdict.Asked, KeyUse.Reused),
        };

    private async Task<AskPlan> Plan(
        string subject, string action, string? reason,
        Func<KnownSource, PullSettings, DateTimeOffset, Task<Asking?>> ask, CancellationToken cancellation)
    {
        if (await register.FindOperator(subject, cancellation) is not { } by)
        {
            return new AskPlan.Refuse(new(PullVerdict.OperatorUnknown));
        }

        if (await sources.FindKnown(Source, cancellation) is not { } source)
        {
            return new AskPlan.Refuse(new(PullVerdict.UnknownSource));
        }

        if (source.Settings?.Pull is not { } pull)
        {
            return new AskPlan.Refuse(new(PullVerdict.NotPulled));
        }

        var at = clock.Now.InWholeMicroseconds();
        if (await ask(source, pull, at) is not { } asking)
        {
            return new AskPlan.Refuse(new(PullVerdict.NothingThere));
        }

        return asking == Asking.Sealed
            ? new AskPlan.Refuse(new(PullVerdict.WeekSealed))
            : new AskPlan.Write(
                true, new(at, by.Subject, action, Source, Before: null, AuditEntry.Json(asking.Said), reason),
                [OperatorRegister.Expect(by), .. asking.Commands, PullTable.Wanted(source.Id)]);
    }

    /// <param name="Said">For the log.</param>
    private sealed record Asking(object Said, ImmutableArray<NpgsqlBatchCommand> Commands)
    {
        public static readonly Asking Sealed = new("", []);
    }
}
