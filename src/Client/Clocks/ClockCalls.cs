using Stk.Client.Connections;
using Stk.Client.Problems;

namespace Stk.Client.Clocks;

/// <summary>The economy's clock.</summary>
public sealed class ClockCalls
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>It is seen too late by at most one part of so many of what it took.</summary>
    private const int PartsOfTheWait = 8;

    private readonly ApiConnection _connection;

    internal ClockCalls(ApiConnection connection) => _connection = connection;

    public Task<Clock> Get(CancellationToken cancellation = default) =>
        _connection.Get<Clock>("admin/clock", cancellation);

    /// <summary>Sets the manual clock; what is due on the way begins to run.</summary>
    /// <param name="isForced">Whether it may be more than a year ahead.</param>
    public Task<Clock> Set(
        DateTimeOffset now, bool isForced = false, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Clock>(
            HttpMethod.Post, "admin/clock", new { now = now.UtcDateTime, force = isForced ? true : (bool?)null }, key,
            cancellation);

    /// <summary>Leaves the manual clock where it has come to on its way.</summary>
    public Task<Clock> Stop(string reason, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Clock>(HttpMethod.Post, "admin/clock/stop", new { reason }, key, cancellation);

    /// <summary>
    /// Sets the manual clock, however far, and waits until all that falls due on the way is done.
    /// </summary>
    /// <param name="looking">Told each time that it is not done yet.</param>
    /// <returns>False where the economy is later already: its clock never goes back.</returns>
    /// <exception cref="ClockStoppedException">Somebody has stopped the clock before it came there.</exception>
    public async Task<bool> Move(
        DateTimeOffset to, Action<Clock>? looking = null, CancellationToken cancellation = default)
    {
        // Somebody who was interrupted may have set it already, and waits for what runs.
        if ((await Get(cancellation)).Now != to)
        {
            try
            {
                await Set(to, isForced: true, null, cancellation);
            }
            catch (ApiProblemException problem) when (problem.Slug == "clock-backwards")
            {
                return false;
            }
        }

        for (var waited = TimeSpan.Zero; ;)
        {
            var clock = await Get(cancellation);
            if (clock.Now >= to && clock.Reached >= to)
            {
                return true;
            }

            if (clock.Now < to)
            {
                throw new ClockStoppedException(clock.Now, to);
            }

            looking?.Invoke(clock);
            var pause = TimeSpan.FromTicks(
                Math.Clamp(waited.Ticks / PartsOfTheWait, ShortestPause.Ticks, LongestPause.Ticks));
            await Task.Delay(pause, _connection.Time, cancellation);
            waited += pause;
        }
    }
}
