using Stk.Client.Connections;
using Stk.Client.Problems;

namespace Stk.Client.Clocks;

/// <summary>The economy's clock.</summary>
public sealed class ClockCalls
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(250);

    private readonly ApiConnection _connection;

    internal ClockCalls(ApiConnection connection) => _connection = connection;

    public Task<Clock> Get(CancellationToken cancellation = default) =>
        _connection.Get<Clock>("admin/clock", cancellation);

    /// <summary>Sets the manual clock; what is due on the way begins to run.</summary>
    public Task<Clock> Set(DateTimeOffset now, string? key = null, CancellationToken cancellation = default) =>
        _connection.Write<Clock>(HttpMethod.Post, "admin/clock", new { now = now.UtcDateTime }, key, cancellation);

    /// <summary>Sets the manual clock and waits until all that falls due on the way is done.</summary>
    /// <param name="looking">Told each time that it is not done yet.</param>
    /// <returns>False where the economy is later already: its clock never goes back.</returns>
    public async Task<bool> Move(
        DateTimeOffset to, Action<Clock>? looking = null, CancellationToken cancellation = default)
    {
        // Somebody who was interrupted may have set it already, and waits for what runs.
        if ((await Get(cancellation)).Now != to)
        {
            try
            {
                await Set(to, null, cancellation);
            }
            catch (ApiProblemException problem) when (problem.Slug == "clock-backwards")
            {
                return false;
            }
        }

        for (var pause = FirstLook; ; pause = pause * 2 < LongestLook ? pause * 2 : LongestLook)
        {
            var clock = await Get(cancellation);
            if (clock.Now >= to && clock.Reached >= to)
            {
                return true;
            }

            looking?.Invoke(clock);
            await Task.Delay(pause, _connection.Time, cancellation);
        }
    }
}
