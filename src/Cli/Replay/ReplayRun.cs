using Stk.Cli.Api;
using Stk.Client;
using Stk.Client.Statistics;

namespace Stk.Cli.Replay;

/// <summary>
/// Sends the lines week by week in the order of the files: the clock to the week's last second, its lines, the clock to
/// Monday 08:00. Weeks between are passed by the clock.
/// </summary>
/// <param name="client">With the token of the events' source.</param>
/// <param name="operations">With an operator's.</param>
/// <param name="lines">The files from the beginning; read once.</param>
/// <param name="source">The events' source: the ingest token's subject.</param>
/// <param name="home">What the operator calls this economy by: its <c>STK_HOME</c>.</param>
internal sealed class ReplayRun(
    TokenomicsClient client, TokenomicsClient operations, ReplayPlan plan, IEnumerable<EventLine> lines,
    ProgressFile file, ReplayDisplay display, string source, string home)
{
    /// <returns>How it ended, all lines sent and the last week closed.</returns>
    /// <exception cref="ReplayRefusal">It cannot begin or go on.</exception>
    public async Task<(ReplayProgress Progress, Totals Totals)> Run(CancellationToken cancellation)
    {
        var progress = await Begin(cancellation);
        display.Begin(progress);
        using var line = lines.GetEnumerator();
        Skip(line, plan.Slices.Take(progress.Slice).Sum(slice => slice.Lines) + progress.Lines, cancellation);
        while (progress.Slice < plan.Slices.Length)
        {
            progress = await RunSlice(plan.Slices[progress.Slice], line, progress, cancellation);
        }

        var totals = await operations.Statistics.GetTotals(cancellation);
        progress = progress.Settled(totals.Stored(source)) with { Head = totals.HeadSequence };
        file.Write(progress);
        display.End();
        return (progress, totals);
    }

    private async Task<ReplayProgress> Begin(CancellationToken cancellation)
    {
        var totals = await operations.Statistics.GetTotals(cancellation);
        var stored = totals.Stored(source);
        var now = (await operations.Clock.Get(cancellation)).Now;
        var kept = file.Read();
        if (kept is not null && kept.Fits(plan, stored, now, totals.HeadSequence))
        {
            return kept;
        }

        // Before anything is sent: what the service stores from here on is this replay's, answered or not.
        var beginning = ReplayProgress.Beginning(stored, totals.HeadSequence);
        if (kept is not null)
        {
            display.Distrusted(home);
            // An economy with nothing of this source was made anew. One with less than was answered is an earlier state:
            // the weeks that it has closed are not opened by sending them again.
            beginning = beginning with { Slice = stored == 0 ? 0 : plan.SliceAt(now) };
        }

        file.Write(beginning);
        return beginning;
    }

    private async Task<ReplayProgress> RunSlice(
        WeekSlice slice, IEnumerator<EventLine> line, ReplayProgress progress, CancellationToken cancellation)
    {
        // Before the first event and not after the last: a week whose lines are all answered may be closing already.
        if (progress.Lines < slice.Lines)
        {
            await MoveClock(slice.LastSecond, cancellation);
        }

        var batch = new EventBatch();
        while (progress.Lines < slice.Lines)
        {
            batch.Clear();
            while (!batch.IsFull && progress.Lines + batch.Lines < slice.Lines)
            {
                batch.Add(Next(line));
            }

            if (progress.Unreadable + batch.Unreadable > plan.BadLines)
            {
                throw new ReplayRefusal("A file has changed since it was looked through: a line can no longer be read.");
            }

            progress = await Send(batch, progress, cancellation);
            file.Write(progress);
            display.Sent(progress);
        }

        await MoveClock(slice.Closed, cancellation);
        progress = progress with { Slice = progress.Slice + 1, Lines = 0 };
        file.Write(progress);
        display.Closed(progress);
        return progress;
    }

    private async Task<ReplayProgress> Send(EventBatch batch, ReplayProgress progress, CancellationToken cancellation)
    {
        var outcomes = progress.Answers;
        var firstRejected = progress.FirstRejected;
        if (batch.Events > 0)
        {
            var answers = await client.Activity.Send(batch.Close(), cancellation);
            if (answers.Length != batch.Events)
            {
                throw new ReplayRefusal($"The API gave {answers.Length} answers to {batch.Events} events.");
            }

            for (var position = 0; position < answers.Length; position++)
            {
                var answer = answers[position];
                outcomes = outcomes.With(answer.Outcome);
                if (answer.Outcome == "rejected")
                {
                    var rejected = TerminalText.Safe($"{batch.PlaceOf(position)}: {answer.Field} {answer.Rule}");
                    firstRejected ??= rejected;
                    display.Rejected(rejected);
                }
            }
        }

        return progress with
        {
            Lines = progress.Lines + batch.Lines,
            Answers = outcomes,
            Unreadable = progress.Unreadable + batch.Unreadable,
            FirstRejected = firstRejected,
        };
    }

    private async Task MoveClock(DateTimeOffset to, CancellationToken cancellation)
    {
        if (!await operations.Clock.Move(to, display.Waiting, cancellation))
        {
            var now = (await operations.Clock.Get(cancellation)).Now;
            throw new ReplayRefusal(
                $"The clock of the economy in STK_HOME ({home}) is at {now:yyyy-MM-dd HH:mm:ss} UTC, later than "
                + $"{to:yyyy-MM-dd HH:mm:ss}, where these files would go on: replay them into an economy of its own, "
                + "in another STK_HOME.");
        }
    }

    private static void Skip(IEnumerator<EventLine> line, long count, CancellationToken cancellation)
    {
        for (; count > 0; count--)
        {
            cancellation.ThrowIfCancellationRequested();
            Next(line);
        }
    }

    private static EventLine Next(IEnumerator<EventLine> line) => line.MoveNext()
        ? line.Current
        : throw new ReplayRefusal("A file has become shorter while it was read.");
}
