using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.Channels.Pulls;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Sources;
using Stk.Rules.Pulls;
using Stk.Rules.Sources;
using Stk.Rules.Time;

namespace Stk.Grains.Pulls;

/// <summary>
/// One pull of one source: first what is new, then the windows that move the watermark, until the next must wait. All that
/// it knows is in the tables: a silo that dies leaves nothing, and one that was overtaken writes nothing.
/// </summary>
internal sealed class PullRun(
    PullTable table, WeekChecking checking, Backfilling backfilling, SourceSecretFiles secrets, PullClient client,
    IEnumerable<IPuller> pullers, IGrainFactory grains, IClock clock, TimeProvider time, IOptions<SourceOptions> options,
    ILogger<PullRun> log)
{
    // A pull gives way to the next, which begins with what is new.
    private const int WindowsMax = 100;

    private const int ChanceMax = 1_000;

    /// <summary>Asks a source whose lease is held, and says how that went.</summary>
    public async Task Run(PullLease held, CancellationToken cancellation)
    {
        try
        {
            if (secrets.Api(held.Name) is not { } known)
            {
                throw new PullStoppedException(PullReasons.NoKey);
            }

            var talk = new PullTalk(held, known.First, client, table, options.Value, time);
            var next = await Read(held, talk, cancellation);
            await table.Renew(held, Lease, talk.LastEventAt, cancellation);
            await table.End(held, next, cancellation);
            if (held.Failures > 0)
            {
                Log.PullRecovered(log, held.Name, held.Failures);
            }
        }
        catch (PullOvertakenException overtaken)
        {
            Log.PullOvertaken(log, held.Name, held.Epoch, overtaken.Message);
        }
        catch (PullStoppedException stopped)
        {
            await Stop(held, stopped.Reason, stopped.Asked, null, cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            await Stop(held, PullReasons.NotTakenIn, null, exception, cancellation);
        }
    }

    private TimeSpan Lease => TimeSpan.FromMilliseconds(options.Value.PullLeaseMs);

    // When it is to be asked again.
    private async Task<TimeSpan> Read(PullLease held, PullTalk talk, CancellationToken cancellation)
    {
        var pull = held.Settings.Pull ?? throw new InvalidOperationException("a source that is asked has a pull");
        var puller = pullers.First(one => one.Kind == held.Settings.Kind);
        var mark = new Watermark(PullPlan.CompleteTo(pull, held.CompleteTo), held.Waiting);
        if (PullPlan.Live(pull, mark.CompleteTo, clock.Now) is { } live)
        {
            await puller.Read(held, talk, live, cancellation);
        }

        await checking.DoAsked(held, talk, puller, cancellation);
        await Count(held, talk, puller, mark, cancellation);
        return await backfilling.Go(held, talk, puller, cancellation) ? TimeSpan.Zero : pull.Every;
    }

    private async Task Count(
        PullLease held, PullTalk talk, IPuller puller, Watermark mark, CancellationToken cancellation)
    {
        var pull = held.Settings.Pull ?? throw new InvalidOperationException("a source that is asked has a pull");
        var stored = held.CompleteTo;
        for (var count = 0; count < WindowsMax; count++)
        {
            if (PullPlan.Counting(pull, mark, clock.Now, talk.Now) is not { } window)
            {
                return;
            }

            // No read of a window moves the watermark before its second.
            Guid? check = null;
            if (mark.Waiting?.To == window.To && PullPlan.EndsIn(window) is { } week)
            {
                check = await checking.DoBefore(held, talk, puller, week, cancellation);
                if (check is null)
                {
                    return;
                }
            }

            var (at, began) = (clock.Now, talk.Now);
            var found = await puller.Read(held, talk, window, cancellation);
            // What the source has not promised yet may be added to: as where the window had not ended.
            var read = new WindowRead(
                window.From, window.To, found.Promise is { } promise && promise < at ? promise : at, began, talk.Now,
                found.Found);
            var step = mark.After(read, pull.Settle);
            await table.Store(held, mark, step, read, stored, found.Stored, check, cancellation);
            switch (step)
            {
                case WatermarkStep.Moved:
                    stored = step.After.CompleteTo;
                    // A week may have waited for this.
                    await grains.GetGrain<IScheduleGrain>(0).Wake();
                    break;
                case WatermarkStep.Differed { Before: var before, Found: var now }:
                    Log.PullReadsDiffer(log, held.Name, window.From, window.To, before.Count, now.Count);
                    return;
                case WatermarkStep.Unmoved { Why: not Hold.FirstRead }:
                    return;
            }

            mark = step.After;
        }
    }

    private async Task Stop(
        PullLease held, string reason, TimeSpan? asked, Exception? exception, CancellationToken cancellation)
    {
        var pause = PullPauses.AfterFailure(held.Failures + 1, Random.Shared.Next(ChanceMax + 1), asked);
        // Said once, and again where it becomes something else.
        if (reason != held.LastError)
        {
            Log.PullFailing(log, exception, held.Name, reason);
        }

        await table.Fail(held, reason, pause, cancellation);
    }
}
