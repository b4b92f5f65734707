namespace Stk.Simulation.Steps;

/// <summary>Time that moves only when nothing else can.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2025, 12, 15, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Timer, (long Due, long Number)> _timers = new();
    private long _now;
    private long _timersMade;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the start. Unit: milliseconds.</summary>
    public int NowMs => (int)(_now / TimeSpan.TicksPerMillisecond);

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(_now);

    public Task Wait(int ms) => Task.Delay(TimeSpan.FromMilliseconds(ms), this);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>False where there is none.</summary>
    public bool FireNext()
    {
        while (_timers.TryDequeue(out var timer, out var due))
        {
            if (timer.IsAt(due.Number))
            {
                _now = Math.Max(_now, due.Due);
                timer.Fire();
                return true;
            }
        }

        return false;
    }

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _number;

        public bool IsAt(long number) => number == _number;

        public void Fire()
        {
            _number = 0;
            callback(state);
        }

        // Once only: nothing here asks for a period.
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _number = 0;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _number = ++time._timersMade;
                time._timers.Enqueue(this, (time._now + dueTime.Ticks, _number));
            }

            return true;
        }

        public void Dispose() => _number = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
