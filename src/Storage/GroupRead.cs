using System.Diagnostics.Metrics;

namespace Stk.Storage;

/// <summary>Reads for many keys at once; a key without an answer is absent.</summary>
public delegate Task<IReadOnlyDictionary<TKey, TValue>> BatchRead<TKey, TValue>(
    IReadOnlyCollection<TKey> keys, CancellationToken cancellation)
    where TKey : notnull;

/// <summary>
/// Gathers the keys that are waiting and reads them together: an idle reader reads a lone key at once, a busy one hundreds
/// in one round trip. Every read begins after it was asked for, and none for a caller who has gone.
/// </summary>
public sealed class GroupRead<TKey, TValue>
    where TKey : notnull
{
    private readonly GroupReadSettings _settings;
    private readonly BatchRead<TKey, TValue> _read;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private int _reads;

    /// <param name="read">Called by a few loops at a time.</param>
    public GroupRead(GroupReadSettings settings, BatchRead<TKey, TValue> read, IMeterFactory meters, TimeProvider time)
    {
        _settings = settings;
        _read = read;
        _time = time;
        var tag = new KeyValuePair<string, object?>("group", settings.Name);
        meters.Create("stk.storage").CreateObservableGauge(
            "read.waiting", () => new Measurement<int>(WaitingCount, tag), unit: "{caller}");
    }

    /// <summary>Callers whose read has not begun.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>The value of a key; default where there is none.</summary>
    /// <param name="cancellation">Drops the key while it waits; the caller is answered at once in any case.</param>
    /// <exception cref="BusyException">Too many waiting, or waited too long. Nothing was read.</exception>
    public Task<TValue?> Get(TKey key, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<TValue?>(cancellation);
        }

        var waiting = new Waiting(key, _time.GetTimestamp(), cancellation);
        lock (_gate)
        {
            if (_waiting.Count >= _settings.WaitingMax)
            {
                return Task.FromException<TValue?>(
                    new BusyException($"{_settings.Name} has {_settings.WaitingMax} waiting: ask again later"));
            }

            _waiting.Enqueue(waiting);
            if (_reads < _settings.ReadsMax)
            {
                _reads++;
                // Not on the caller's scheduler, which may be an actor's.
                _ = Task.Run(Run, CancellationToken.None);
            }
        }

        return waiting.Task.WaitAsync(cancellation);
    }

    private async Task Run()
    {
        var batch = new List<Waiting>();
        while (Gather(batch))
        {
            try
            {
                var keys = batch.Select(waiting => waiting.Key).ToHashSet();
                var values = await _read(keys, CancellationToken.None);
                foreach (var waiting in batch)
                {
                    waiting.SetResult(values.TryGetValue(waiting.Key, out var value) ? value : default);
                }
            }
            catch (Exception exception)
            {
                foreach (var waiting in batch)
                {
                    waiting.TrySetException(exception);
                }
            }
        }
    }

    private bool Gather(List<Waiting> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            while (batch.Count < _settings.KeysMax && _waiting.TryDequeue(out var waiting))
            {
                if (waiting.Cancellation.IsCancellationRequested)
                {
                    waiting.TrySetCanceled(waiting.Cancellation);
                }
                else if (_time.GetElapsedTime(waiting.Since) > _settings.WaitMax)
                {
                    waiting.TrySetException(
                        new BusyException($"{_settings.Name} let it wait for {_settings.WaitMax}: nothing was read"));
                }
                else
                {
                    batch.Add(waiting);
                }
            }

            if (batch.Count == 0)
            {
                _reads--;
            }
        }

        return batch.Count > 0;
    }

    private sealed class Waiting(TKey key, long since, CancellationToken cancellation)
        : TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TKey Key { get; } = key;

        public long Since { get; } = since;

        public CancellationToken Cancellation { get; } = cancellation;
    }
}
