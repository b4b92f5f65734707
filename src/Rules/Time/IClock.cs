namespace Stk.Rules.Time;

/// <summary>
/// The economy's time, UTC. Never registered as a host's <see cref="TimeProvider"/>: Orleans would take its timers
/// from it and stand still.
/// </summary>
public interface IClock
{
    DateTimeOffset Now { get; }
}
