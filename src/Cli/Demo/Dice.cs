namespace Stk.Cli.Demo;

/// <summary>
/// Chance by a seed: SplitMix64 (Steele, Lea, Flood 2014). The runtime's own generator may change with its version, and
/// the demo with it.
/// </summary>
internal sealed class Dice(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>0 to <paramref name="below"/>, exclusive; even enough for below 2^32.</summary>
    public int Next(int below)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        return (int)((NextBits() >> 32) * (ulong)below >> 32);
    }

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    private ulong NextBits()
    {
        unchecked
        {
            var bits = _state += 0x9E3779B97F4A7C15;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }
}
