using Stk.Simulation.Steps;

namespace Stk.Simulation.Servers;

/// <summary>Which calls go wrong, and how.</summary>
internal sealed class FaultPlan(IReadOnlyList<Fault> faults)
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    private int _calls;
    private bool _isHealed;

    public static IReadOnlyList<Fault> Drawn(Dice dice, int callsExpected)
    {
        var faults = new Fault[dice.Next(11)];
        for (var i = 0; i < faults.Length; i++)
        {
            // Sometimes it stays broken for longer than a commit is tried again.
            faults[i] = new(
                dice.Next(callsExpected), dice.Chance(3) ? dice.Between(2, 25) : 1, dice.Of(Kinds),
                dice.Chance(2) ? dice.Between(1, 100) : dice.Between(100, 6_000));
        }

        return faults;
    }

    /// <summary>The next call's, or null.</summary>
    public Fault? Next()
    {
        var call = _calls++;
        if (!_isHealed)
        {
            foreach (var fault in faults)
            {
                if (fault.Call <= call && call < fault.Call + fault.Calls)
                {
                    return fault;
                }
            }
        }

        return null;
    }

    /// <summary>From now on nothing goes wrong.</summary>
    public void Heal() => _isHealed = true;
}
