using System.Diagnostics;
using Stk.Rules.Weeks;

namespace Stk.Torture.Workloads;

/// <summary>Where the economy's clock has been sent, and whether a weekly run is under way.</summary>
internal sealed class WeekCalendar(DateTimeOffset begin)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = begin;
    private WeekId? _running;
    private long _runningSince;
    private int _ended;
    private TimeSpan _lastRun = TimeSpan.FromSeconds(1);

    /// <summary>What every silo has been told, or is being told.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>The week whose run is under way, and for how long; null where none is.</summary>
    public (WeekId Week, TimeSpan Since)? Running
    {
        get
        {
            lock (_gate)
            {
                return _running is { } week ? (week, Stopwatch.GetElapsedTime(_runningSince)) : null;
            }
        }
    }

    /// <summary>Weeks whose runs have ended.</summary>
    public int Ended
    {
        get
        {
            lock (_gate)
            {
                return _ended;
            }
        }
    }

    /// <summary>How long the last one took.</summary>
    public TimeSpan LastRun
    {
        get
        {
            lock (_gate)
            {
                return _lastRun;
            }
        }
    }

    public void Set(DateTimeOffset now)
    {
        lock (_gate)
        {
            _now = now;
        }
    }

    public void Begin(WeekId week)
    {
        lock (_gate)
        {
            _running = week;
            _runningSince = Stopwatch.GetTimestamp();
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _lastRun = Stopwatch.GetElapsedTime(_runningSince);
            _running = null;
            _ended++;
        }
    }

    /// <summary>A moment of the last three days; while a week is run, of that week as often as of the next.</summary>
    public DateTimeOffset Moment(Random random)
    {
        lock (_gate)
        {
            var latest = _running is { } week && random.Next(2) == 0 ? week.End.AddSeconds(-1) : _now;
            return latest.AddSeconds(-random.Next(0, 3 * 86_400));
        }
    }
}
