using System.Collections.Immutable;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;

namespace Stk.Simulation.Histories;

/// <summary>
/// Leaves out steps and faults as long as the history still breaks something: what is left is what it takes.
/// </summary>
internal static class Shrinking
{
    public static Case Shrink(Case failing, Mistake mistake)
    {
        var size = failing.Size();
        var shrunk = failing with
        {
            Steps = failing.Steps ?? [.. Enumerable.Range(0, size.Steps)],
            Faults = failing.Faults ?? [.. Enumerable.Range(0, size.Faults)],
        };
        for (var before = (0, 0); before != shrunk.Size();)
        {
            before = shrunk.Size();
            shrunk = Without(shrunk, mistake, of => of.Steps ?? [], (of, kept) => of with { Steps = kept });
            shrunk = Without(shrunk, mistake, of => of.Faults ?? [], (of, kept) => of with { Faults = kept });
        }

        return shrunk;
    }

    // Halves first, then quarters, down to one.
    private static Case Without(
        Case failing, Mistake mistake, Func<Case, ImmutableArray<int>> list, Func<Case, ImmutableArray<int>, Case> with)
    {
        for (var length = Math.Max(1, list(failing).Length / 2); ; length /= 2)
        {
            for (var from = 0; from < list(failing).Length;)
            {
                var kept = list(failing);
                var fewer = with(failing, kept.RemoveRange(from, Math.Min(length, kept.Length - from)));
                if (fewer.Run(mistake, new Tally()) is not null)
                {
                    failing = fewer;
                }
                else
                {
                    from += length;
                }
            }

            if (length == 1)
            {
                return failing;
            }
        }
    }
}
