using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Stk.Rules.Pulls;

namespace Stk.Grains.Pulls;

/// <summary>
/// Reads the past that operators have asked for, window by window, behind all else of a pull. What is done is in the table:
/// a silo that dies, or a pull that gives way to the next, goes on from there.
/// </summary>
internal sealed class Backfilling(BackfillTable table, ILogger<Backfilling> log)
{
    private const int ChanceMax = 1_000;

    /// <summary>Goes on until the source's turn would come again, by one window at least.</summary>
    /// <returns>Whether there is more to be done at once.</returns>
    public async Task<bool> Go(PullLease held, PullTalk talk, IPuller puller, CancellationToken cancellation)
    {
        var pull = held.Settings.Pull ?? throw new UnreachableException("a source that is asked has a pull");
        var until = talk.Now + pull.Every;
        while (await table.FindNext(held.SourceId, cancellation) is { } back)
        {
            var window = PullPlan.Back(held.Settings.Kind, back.DoneTo, back.To);
            try
            {
                var found = await puller.Read(held, talk, window, cancellation);
                await table.Advance(held, back, window.To, found.Found.Count, cancellation);
            }
            catch (PullStoppedException stopped)
            {
                // What is new goes on: the past alone waits.
                Log.BackfillStopped(log, held.Name, back.Id, window.From, stopped.Reason);
                var pause = PullPauses.AfterFailure(back.Failures + 1, Random.Shared.Next(ChanceMax + 1), stopped.Asked);
                await table.Fail(held, back, stopped.Reason, pause, cancellation);
            }

            if (talk.Now >= until)
            {
                return await table.FindNext(held.SourceId, cancellation) is not null;
            }
        }

        return false;
    }
}
