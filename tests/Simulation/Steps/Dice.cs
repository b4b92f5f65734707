namespace Stk.Simulation.Steps;

/// <summary>Every choice of a history. SplitMix64: the same on every machine and every version of the platform.</summary>
internal sealed class Dice(long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>From 0, below <paramref name="below"/>.</summary>
    public int Next(int below) => (int)(Draw() % (ulong)below);

    public int Between(int least, int most) => least + Next(most - least + 1);

    public bool Chance(int oneIn) => Next(oneIn) == 0;

    public T Of<T>(IReadOnlyList<T> these) => these[Next(these.Count)];

    /// <summary>Dice of its own: what they are asked does not move these.</summary>
    public Dice Fork() => new((long)Draw());

    private ulong Draw()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
