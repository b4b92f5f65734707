using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Economy;
using Stk.Rules.Runs;

namespace Stk.Grains.Schedules;

/// <summary>
/// Writes down each piece of due work before and after a try, as one activation of the schedule does it. What waits is
/// written once, and not with every look.
/// </summary>
internal sealed class WorkLog(WorkTable table, EconomyClock clock, ILocalSiloDetails silo)
{
    private readonly Dictionary<(string Kind, string Subject), string> _waiting = [];

    /// <summary>Null where nothing runs.</summary>
    public WorkView? Running { get; private set; }

    /// <summary>
    /// When work shows as begun: never before it was due, though this silo may hear of a step of the clock after the work.
    /// </summary>
    internal static DateTimeOffset BeganAt(DateTimeOffset due, DateTimeOffset now) => now < due ? due : now;

    /// <param name="act">Says what it waits for, in words; null where it is done.</param>
    /// <returns>What <paramref name="act"/> says.</returns>
    public async Task<string?> Do(DueItem item, Func<Task<string?>> act)
    {
        var key = (item.Kind, item.Subject);
        var known = _waiting.GetValueOrDefault(key);
        var began = BeganAt(item.At, clock.Now);
        Running = new(item.Kind, item.Subject, item.At, began, null, null, 1, WorkState.Running.WireName(), known);
        var watch = Stopwatch.GetTimestamp();
        try
        {
            if (known is null)
            {
                await table.Begin(item.Kind, item.Subject, item.At, began, silo.Name);
            }

            var waitsFor = await act();
            if (waitsFor is null)
            {
                _waiting.Remove(key);
                await End(item, WorkState.Done, watch, note: null);
            }
            else if (waitsFor != known)
            {
                _waiting[key] = waitsFor;
                await End(item, WorkState.Waiting, watch, waitsFor);
            }

            return waitsFor;
        }
        catch (Exception failure)
        {
            _waiting.Remove(key);
            await TryToSay(item, watch, failure);
            throw;
        }
        finally
        {
            Running = null;
        }
    }

    /// <summary>A stage of a week that was closed by hand is done with the one before it.</summary>
    public Task Note(DueItem item) => table.Note(item.Kind, item.Subject, item.At, clock.Now);

    private Task End(DueItem item, WorkState state, long watch, string? note) =>
        table.End(item.Kind, item.Subject, state, clock.Now, Stopwatch.GetElapsedTime(watch), note);

    // Where there is no database, what has failed is in the log, and said with the next try.
    private async Task TryToSay(DueItem item, long watch, Exception failure)
    {
        try
        {
            await End(item, WorkState.Failed, watch, $"{failure.GetType().Name}; it is tried again");
        }
        catch (NpgsqlException)
        {
            // Its own cause is thrown.
        }
    }
}
