namespace Stk.Simulation.Steps;

/// <summary>
/// One thread, and dice for the order: of all that could go on, one goes on. Time stands still while anything can, and
/// then jumps to the next timer.
/// </summary>
internal sealed class SeededScheduler(Dice dice, int stepsMax) : TaskScheduler
{
    private readonly List<Task> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _isStrayed;

    public SimulatedTime Time { get; } = new();

    /// <summary>So far: a number for every moment, greater for the later.</summary>
    public int Steps { get; private set; }

    /// <summary>Runs it, and all that it begins, until it has ended.</summary>
    /// <exception cref="HistoryStuckException">Nothing can go on, or it goes on for ever.</exception>
    public void Run(Func<Task> history)
    {
        // Whoever awaits inside is to come back here, not to the test runner.
        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var whole = Task.Factory
                .StartNew(history, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
            while (!whole.IsCompleted)
            {
                Step();
            }

            whole.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }

    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _isStrayed = true;
            return;
        }

        _ready.Add(task);
    }

    // Never at once: another may come between.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;

    private void Step()
    {
        if (_isStrayed)
        {
            throw new HistoryStuckException("something was woken by another thread: this would not repeat itself");
        }

        if (_ready.Count > 0)
        {
            if (++Steps > stepsMax)
            {
                throw new HistoryStuckException($"no end after {stepsMax} steps");
            }

            var chosen = dice.Next(_ready.Count);
            var task = _ready[chosen];
            _ready[chosen] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            TryExecuteTask(task);
        }
        else if (!Time.FireNext())
        {
            throw new HistoryStuckException("everybody waits, and nobody for a time");
        }
    }
}
