using System.Diagnostics;
using System.Globalization;

namespace Stk.Torture;

/// <summary>What the run says on standard output, each line with its moment.</summary>
internal sealed class Report
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();

    public TimeSpan Elapsed => _elapsed.Elapsed;

    public void Say(string what)
    {
        lock (_gate)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{_elapsed.Elapsed.TotalSeconds,8:0.0} s  {what}"));
        }
    }
}
