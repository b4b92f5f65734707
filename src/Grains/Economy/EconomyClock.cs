using Microsoft.Extensions.Options;
using Stk.Rules.Time;

namespace Stk.Grains.Economy;

/// <summary>
/// The economy's time on this silo: the host's, or, from its first setting on, where the manual clock stands.
/// While the manual clock is being moved it stands at the due work under way, so that each act bears its own time.
/// </summary>
internal sealed class EconomyClock(IOptions<ClockOptions> options, TimeProvider host) : IClock
{
    private readonly Lock _gate = new();
    private ManualTime? _standing;

    public bool IsManual => options.Value.IsManual;

    /// <summary>Whether it stands where it was set, or is on its way there.</summary>
    public bool IsStanding => Standing is not null;

    public DateTimeOffset Now => Standing?.Reached ?? host.GetUtcNow();

    /// <summary>
    /// Where the clock is being moved to; else <see cref="Now"/>. An event up to here is not in the future.
    /// </summary>
    public DateTimeOffset Target => Standing?.Target ?? host.GetUtcNow();

    /// <summary>Null until a manual clock is first set.</summary>
    public ManualTime? Standing => Volatile.Read(ref _standing);

    /// <summary>Takes a setting or a step. An older one, overtaken on its way here, changes nothing.</summary>
    public void Set(ManualTime time)
    {
        lock (_gate)
        {
            if (IsManual && (_standing is null || time.IsAfter(_standing)))
            {
                Volatile.Write(ref _standing, time);
            }
        }
    }
}

/// <summary>Where a manual clock stands.</summary>
/// <param name="Version">Grows with each setting.</param>
/// <param name="Reached">The economy's now, moving step by step to <paramref name="Target"/>.</param>
internal sealed record ManualTime(long Version, DateTimeOffset Reached, DateTimeOffset Target)
{
    public bool IsAfter(ManualTime other) =>
        Version != other.Version ? Version > other.Version : Reached > other.Reached;
}
