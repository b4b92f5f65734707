using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Stk.Storage;

/// <summary>
/// One database transaction for a batch of items, one result an item, in order. It may be called again with a batch that
/// is committed already, and must then recognise its items. It lets every SQL error pass: an error caught inside a
/// transaction turns COMMIT into a silent rollback.
/// </summary>
public delegate Task<IReadOnlyList<TResult>> BatchCommit<TItem, TResult>(
    CommitAttempt attempt, IReadOnlyList<TItem> batch, CancellationToken cancellation);

/// <summary>
/// Gathers what is waiting and commits it together: an idle writer commits a lone item at once, a busy one many at a
/// time. One loop an instance, so one transaction at a time. An item is answered after COMMIT.
/// </summary>
/// <remarks>
/// A commit whose outcome is unknown is settled by running the same batch again on a new connection: a SELECT alone
/// would say "absent" while that commit is still on its way. Disposing it refuses new items and commits what waits.
/// </remarks>
public sealed class GroupCommit<TItem, TResult> : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    // Of one batch.
    private const int CutOffsMax = 5;

    private readonly GroupCommitSettings _settings;
    private readonly IBatchStore<TItem, TResult> _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _size;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _unknowns;
    private readonly KeyValuePair<string, object?> _groupTag;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _interactive = new();
    private readonly Queue<Waiting> _bulk = new();
    private bool _isStopping;

    // Holds one token at most: "there is something to do".
    private readonly Channel<byte> _work = Channel.CreateBounded<byte>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Task _loop;

    // Only the loop touches it: whether the last batch found no database.
    private bool _isUnavailable;

    public GroupCommit(
        GroupCommitSettings settings, WriterConnections connections, BatchCommit<TItem, TResult> commit,
        ILogger logger, IMeterFactory meters)
        : this(
            settings, new BatchDatabase<TItem, TResult>(connections, commit), logger, meters, TimeProvider.System,
            TaskScheduler.Default)
    {
    }

    /// <summary>On any store, time and order of steps: a simulation repeats itself by its seed.</summary>
    /// <param name="scheduler">Where the loop runs, and all that it awaits goes on.</param>
    internal GroupCommit(
        GroupCommitSettings settings, IBatchStore<TItem, TResult> store, ILogger logger, IMeterFactory meters,
        TimeProvider time, TaskScheduler scheduler)
    {
        _settings = settings;
        _store = store;
        _time = time;
        _logger = logger;
        _groupTag = new("group", settings.Name);
        var meter = meters.Create("stk.storage");
        _duration = meter.CreateHistogram<double>("commit.duration", unit: "s");
        _size = meter.CreateHistogram<int>("commit.items", unit: "{item}");
        _retries = meter.CreateCounter<long>("commit.retried");
        _unknowns = meter.CreateCounter<long>("commit.outcome_unknown");
        // From the start: an alarm on what grows does not see a counter that begins at 1.
        _retries.Add(0, _groupTag);
        _unknowns.Add(0, _groupTag);
        meter.CreateObservableGauge(
            "commit.waiting", () => new Measurement<int>(WaitingCount, _groupTag), unit: "{item}");
        _loop = Task.Factory
            .StartNew(Run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
    }

    /// <summary>Items not yet in a batch.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _interactive.Count + _bulk.Count;
            }
        }
    }

    /// <summary>Commits the item with what else is waiting. Answered means committed.</summary>
    /// <param name="weight">What it takes of the settings' limit; at least 1.</param>
    /// <param name="cancellation">Drops the item while it waits; once its batch has started it has no effect.</param>
    /// <exception cref="BusyException">Too many waiting, or waited too long.</exception>
    /// <exception cref="StorageUnavailableException">No database; nothing was committed.</exception>
    /// <exception cref="OutcomeUnknownException">Committed or not: post it again to know.</exception>
    public Task<TResult> Post(TItem item, int weight, CommitPriority priority, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellation);
        }

        var waiting = new Waiting(item, weight, _time.GetTimestamp());
        lock (_gate)
        {
            if (_isStopping)
            {
                return Task.FromException<TResult>(
                    new StorageUnavailableException($"{_settings.Name} is stopping: nothing was sent"));
            }

            var queue = priority == CommitPriority.Bulk ? _bulk : _interactive;
            if (queue.Count >= _settings.WaitingMax)
            {
                return Task.FromException<TResult>(
                    new BusyException($"{_settings.Name} has {_settings.WaitingMax} waiting: ask again later"));
            }

            queue.Enqueue(waiting);
            _work.Writer.TryWrite(0);
        }

        waiting.DropOn(cancellation);
        return waiting.Task;
    }

    /// <summary>Refuses new items, commits those that wait, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            _work.Writer.TryComplete();
        }

        await _loop;
    }

    private async Task Run()
    {
        var batch = new List<Waiting>();
        while (await _work.Reader.WaitToReadAsync())
        {
            _work.Reader.TryRead(out _);
            Gather(batch);
            while (batch.Count > 0)
            {
                await Settle(batch, wasUnknown: false);
                Gather(batch);
            }
        }
    }

    // Interactive first; one bulk item always, so that a run is slowed and never starved.
    private void Gather(List<Waiting> batch)
    {
        batch.Clear();
        var room = _settings.WeightMax;
        lock (_gate)
        {
            var bulk = Next(_bulk);
            room -= bulk?.Weight ?? 0;
            Take(_interactive, batch, ref room);
            if (bulk is not null)
            {
                batch.Add(bulk);
                Take(_bulk, batch, ref room);
            }
        }
    }

    private void Take(Queue<Waiting> queue, List<Waiting> batch, ref int room)
    {
        while (queue.TryPeek(out var next) && (next.Weight <= room || (batch.Count == 0 && room == _settings.WeightMax)))
        {
            if (Next(queue) is not { } waiting)
            {
                return;
            }

            batch.Add(waiting);
            room -= waiting.Weight;
        }
    }

    // Passes over those whose caller has gone or has waited too long.
    private Waiting? Next(Queue<Waiting> queue)
    {
        while (queue.TryDequeue(out var waiting))
        {
            if (!waiting.TryStart())
            {
                continue;
            }

            if (_time.GetElapsedTime(waiting.Since) <= _settings.WaitMax)
            {
                return waiting;
            }

            waiting.TrySetException(_isUnavailable
                ? new StorageUnavailableException($"{_settings.Name} has no database: nothing was sent")
                : new BusyException($"{_settings.Name} let it wait for {_settings.WaitMax}: nothing was sent"));
        }

        return null;
    }

    // Runs the batch until its outcome is known or time is up. Never throws: every caller is answered.
    private async Task Settle(List<Waiting> batch, bool wasUnknown)
    {
        var items = batch.ConvertAll(waiting => waiting.Item);
        var started = _time.GetTimestamp();
        var pause = FirstPause;
        var cutOffs = 0;
        for (var number = 1; ; number++)
        {
            var (results, exception, failure) = await _store.Try(items, number, cutOffs);
            if (results is not null)
            {
                _isUnavailable = false;
                _duration.Record(_time.GetElapsedTime(started).TotalSeconds, _groupTag);
                _size.Record(batch.Count, _groupTag);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].TrySetResult(results[i]);
                }

                return;
            }

            wasUnknown |= failure == CommitFailure.Unknown;
            _isUnavailable = failure is CommitFailure.Unavailable or CommitFailure.Unknown;
            if (_isUnavailable)
            {
                // After a failover the pool is full of connections to a server that is gone.
                _store.Reconnect();
            }

            if (failure == CommitFailure.Lasting && batch.Count > 1)
            {
                // One item must not fail its neighbours.
                Log.CommitSplit(_logger, exception!, _settings.Name, batch.Count);
                await Settle(batch[..(batch.Count / 2)], wasUnknown);
                await Settle(batch[(batch.Count / 2)..], wasUnknown);
                return;
            }

            if (failure == CommitFailure.CutOff)
            {
                cutOffs++;
            }

            // Nothing was sent, and a fresh connection is refused too: callers hear it at once, and ask again by themselves.
            var isGone = failure == CommitFailure.Unavailable && !wasUnknown && number > 1;
            // The time limit is the database's. Where it was there and we were slow, the number of tries is the limit.
            var isOver = failure == CommitFailure.CutOff
                ? cutOffs >= CutOffsMax
                : _time.GetElapsedTime(started) + pause > _settings.RetryFor;
            if (failure == CommitFailure.Lasting || isGone || isOver)
            {
                Tell(batch, exception!, failure, wasUnknown, number);
                return;
            }

            _retries.Add(1, _groupTag, new("reason", failure.ToString()));
            Log.CommitRetried(_logger, exception!, _settings.Name, number, batch.Count, failure);
            await Task.Delay(pause, _time);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void Tell(List<Waiting> batch, Exception cause, CommitFailure failure, bool wasUnknown, int attempts)
    {
        if (wasUnknown)
        {
            _unknowns.Add(1, _groupTag);
            Log.OutcomeUnknown(_logger, cause, _settings.Name, batch.Count, attempts);
        }
        else
        {
            Log.CommitFailed(_logger, cause, _settings.Name, batch.Count, failure, attempts);
        }

        foreach (var waiting in batch)
        {
            waiting.TrySetException(wasUnknown
                ? new OutcomeUnknownException(
                    $"{_settings.Name}: the outcome is unknown: post the same again to know", cause)
                : failure == CommitFailure.Lasting
                    ? cause
                    : new StorageUnavailableException($"{_settings.Name}: nothing was committed: {cause.Message}", cause));
        }
    }

    private sealed class Waiting(TItem item, int weight, long since)
        : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private CancellationTokenRegistration _drop;
        private int _isTaken;

        public TItem Item { get; } = item;

        public int Weight { get; } = weight;

        public long Since { get; } = since;

        public void DropOn(CancellationToken cancellation)
        {
            if (cancellation.CanBeCanceled)
            {
                _drop = cancellation.UnsafeRegister(
                    static (state, token) => ((Waiting)state!).Drop(token), this);
            }
        }

        /// <summary>False where the caller has gone.</summary>
        public bool TryStart()
        {
            if (Interlocked.Exchange(ref _isTaken, 1) != 0)
            {
                return false;
            }

            // Not Dispose: that would wait for a callback under way, and we hold the gate.
            _drop.Unregister();
            return true;
        }

        private void Drop(CancellationToken token)
        {
            if (Interlocked.Exchange(ref _isTaken, 1) == 0)
            {
                TrySetCanceled(token);
            }
        }
    }
}
