using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;

namespace Stk.Benchmarks.Http;

/// <summary>The rounds of a run by what was asked and at which load: rates, latencies, and what one of it costs.</summary>
internal sealed class Measured(ProcessorTimes times)
{
    private readonly Dictionary<(string What, string Load), List<Figures>> _figures = [];

    /// <param name="size">Of what is counted in one call, such as the events of a request.</param>
    public async Task<LoopResult> Closed(
        string what, int connections, TimeSpan duration, int size, Func<int, Random, Task<bool>> act)
    {
        var before = times.Now();
        var result = await ClosedLoop.Run(connections, duration, act);
        Add(what, $"closed, {connections} connections", result, size, before);
        return result;
    }

    public async Task OpenAtHalf(
        string what, int connections, TimeSpan duration, LoopResult best, Func<int, Task<bool>> act)
    {
        var before = times.Now();
        Add(what, "open, half of it", await OpenLoop.Run(best.PerSecond / 2, connections, duration, act), 1, before);
    }

    public void Print() => Report.Table(
        ["what", "load", "per second", "p50 ms", "p99 ms", .. ProcessorTimes.Parts.Select(part => $"{part}, µs of one"), "all"],
        _figures.Select(entry => (string[])
        [
            entry.Key.What, entry.Key.Load,
            Report.Spread(entry.Value.Select(figures => figures.Loop.PerSecond * figures.Size)),
            Report.Spread(entry.Value.Select(figures => figures.Loop.Percentile(0.5))),
            Report.Spread(entry.Value.Select(figures => figures.Loop.Percentile(0.99))),
            .. ProcessorTimes.Parts.Select(
                (_, part) => Report.Number(Report.Median(entry.Value.Select(figures => figures.Spent[part])))),
            Report.Number(Report.Median(entry.Value.Select(figures => figures.Spent.Sum()))),
        ]));

    private void Add(string what, string load, LoopResult result, int size, double[] before)
    {
        var spent = times.Now().Zip(before, (now, then) => (now - then) * 1_000 / (result.Operations * size)).ToArray();
        if (result.Refused > 0)
        {
            throw new InvalidOperationException($"{what}, {load}: {result.Refused} requests were not done");
        }

        if (!_figures.TryGetValue((what, load), out var rounds))
        {
            _figures.Add((what, load), rounds = []);
        }

        rounds.Add(new(result, size, spent));
    }

    /// <param name="Spent">Unit: µs of processor time for one, in the order of <see cref="ProcessorTimes.Parts"/>.</param>
    private sealed record Figures(LoopResult Loop, int Size, double[] Spent);
}
