using System.Diagnostics;

namespace Stk.Benchmarks.Measuring;

/// <summary>
/// Operations at a fixed rate, whether or not the earlier ones are answered; latency counts from the moment each was
/// meant for, so that a stall is not hidden by callers who wait.
/// </summary>
internal static class OpenLoop
{
    /// <param name="perSecond">Unit: operations a second.</param>
    /// <param name="connections">Most under way; a late one waits here, and its latency says so.</param>
    public static async Task<LoopResult> Run(
        double perSecond, int connections, TimeSpan duration, Func<int, Task<bool>> act)
    {
        var total = (int)(perSecond * duration.TotalSeconds);
        var latencies = new double[total];
        var next = -1;
        var refused = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) < total;)
            {
                var intended = TimeSpan.FromSeconds(number / perSecond);
                var early = intended - Stopwatch.GetElapsedTime(started);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early);
                }

                if (!await act(number))
                {
                    Interlocked.Increment(ref refused);
                }

                latencies[number] = (Stopwatch.GetElapsedTime(started) - intended).TotalMilliseconds;
            }
        })));
        return new(total, refused, Stopwatch.GetElapsedTime(started), [.. latencies.Order()]);
    }
}
