using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Stk.Rules.Pulls;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Pulls;

/// <summary>
/// Reads a week of a source as a whole, takes in what was missing, and says how both sets differed: where an operator asks
/// for it, and before a watermark passes the week's end.
/// </summary>
internal sealed class WeekChecking(WeekCheckTable table, IClock clock, ILogger<WeekChecking> log)
{
    /// <summary>What operators have asked for, in their order.</summary>
    public async Task DoAsked(PullLease held, PullTalk talk, IPuller puller, CancellationToken cancellation)
    {
        foreach (var (id, week) in await table.ReadWaiting(held.SourceId, cancellation))
        {
            if (await Do(held, talk, puller, week, cancellation) is { } check)
            {
                await table.Fill(held, id, check, cancellation);
            }
        }
    }

    /// <summary>A check of a week that had ended and settled, done now where none is.</summary>
    /// <returns>Null where the source does not promise the whole week yet.</returns>
    public async Task<Guid?> DoBefore(
        PullLease held, PullTalk talk, IPuller puller, WeekId week, CancellationToken cancellation)
    {
        var settle = held.Settings.Pull?.Settle ?? TimeSpan.Zero;
        if (await table.FindWhole(held.SourceId, week, settle, cancellation) is { } known)
        {
            return known;
        }

        return await Do(held, talk, puller, week, cancellation) is { } check && check.CheckedTo >= week.End
            ? await table.Add(held, week, check, cancellation)
            : null;
    }

    private async Task<WeekCheck?> Do(
        PullLease held, PullTalk talk, IPuller puller, WeekId week, CancellationToken cancellation)
    {
        var at = clock.Now.InWholeMicroseconds();
        var pull = held.Settings.Pull ?? throw new UnreachableException("a source that is asked has a pull");
        if (PullPlan.OfWeek(pull, week, at) is not { } window)
        {
            return null;
        }

        var before = await table.ReadStored(held.SourceId, week, window, cancellation);
        var found = await puller.Read(held, talk, window, cancellation);
        var after = await table.ReadStored(held.SourceId, week, window, cancellation);
        var difference = WeekDifference.Of(found.Standing, before, after);
        if (difference != default)
        {
            Log.PulledWeekDiffered(
                log, held.Name, week.ToString(), difference.Missing, difference.TakenBack, difference.Added);
        }

        var checkedTo = found.Promise is { } promise && promise < window.To ? promise : window.To;
        return new(checkedTo, at, difference);
    }
}
