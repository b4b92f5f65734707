namespace Stk.Simulation.Servers;

/// <summary>How often a thing has happened, by name: that a simulation has met what it is there for can be asked.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Add(string name, long by = 1) => _counts[name] = _counts.GetValueOrDefault(name) + by;

    public void Add(Tally other)
    {
        foreach (var (name, count) in other._counts)
        {
            Add(name, count);
        }
    }
}
