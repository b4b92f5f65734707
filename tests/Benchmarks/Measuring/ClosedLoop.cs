using System.Diagnostics;

namespace Stk.Benchmarks.Measuring;

/// <summary>So many callers, each asking again as soon as it is answered.</summary>
internal static class ClosedLoop
{
    /// <param name="act">Given the caller's number and its random source; false where the operation was refused.</param>
    public static async Task<LoopResult> Run(int callers, TimeSpan duration, Func<int, Random, Task<bool>> act)
    {
        var latencies = new List<double>[callers];
        var refused = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            var own = latencies[caller] = [];
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var asked = Stopwatch.GetTimestamp();
                if (!await act(caller, random))
                {
                    Interlocked.Increment(ref refused);
                }

                own.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var all = latencies.SelectMany(own => own).Order().ToArray();
        return new(all.Length, refused, elapsed, all);
    }
}

/// <param name="LatenciesMs">Ascending.</param>
internal sealed record LoopResult(long Operations, long Refused, TimeSpan Elapsed, double[] LatenciesMs)
{
    public double PerSecond => Operations / Elapsed.TotalSeconds;

    public double Percentile(double share) =>
        LatenciesMs.Length == 0 ? 0 : LatenciesMs[Math.Min(LatenciesMs.Length - 1, (int)(LatenciesMs.Length * share))];
}
