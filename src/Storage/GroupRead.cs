namespace Stk.Storage;

/// <summary>Reads for many keys at once; a key without an answer is absent.</summary>
public delegate Task<IReadOnlyDictionary<TKey, TValue>> BatchRead<TKey, TValue>(
    IReadOnlyCollection<TKey> keys, CancellationToken cancellation)
    where TKey : notnull;

/// <summary>
/// Gathers the keys that are waiting and reads them together: an idle reader reads a lone key at once, a busy one hundreds
/// in one round trip. Every read begins after it was asked for.
/// </summary>
/// <param name="read">Called by a few loops at a time.</param>
/// <param name="keysMax">Most keys in one read.</param>
/// <param name="readsMax">Most reads under way.</param>
public sealed class GroupRead<TKey, TValue>(BatchRead<TKey, TValue> read, int keysMax, int readsMax)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private int _reads;

    /// <summary>The value of a key; default where there is none.</summary>
    public Task<TValue?> Get(TKey key, CancellationToken cancellation)
    {
        var waiting = new Waiting(key);
        lock (_gate)
        {
            _waiting.Enqueue(waiting);
            if (_reads < readsMax)
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
                var values = await read(keys, CancellationToken.None);
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
            while (batch.Count < keysMax && _waiting.TryDequeue(out var waiting))
            {
                batch.Add(waiting);
            }

            if (batch.Count == 0)
            {
                _reads--;
            }
        }

        return batch.Count > 0;
    }

    private sealed class Waiting(TKey key)
        : TaskCompletionSource<TValue?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TKey Key { get; } = key;
    }
}
