namespace Stk.Grains.Sources;

/// <summary>
/// Something of the database that may be a little old: read again once it is older than that, by one for all who ask. Where
/// it cannot be read, what was read last is given: whatever is done with it is committed to the same database, which says
/// then what it has to say.
/// </summary>
internal sealed class Aging<T>(TimeSpan age, TimeProvider time, Func<Task<T>> read)
{
    private readonly Lock _lock = new();
    private Task<T>? _reading;
    private Known? _known;
    private int _drops;

    public async ValueTask<T> Get(CancellationToken cancellation)
    {
        Task<T> reading;
        Known? known;
        lock (_lock)
        {
            known = _known;
            if (known is not null && time.GetElapsedTime(known.At) < age)
            {
                return known.Value;
            }

            // Not on the scheduler of whichever actor came first: the others wait for it too.
            reading = _reading ??= Task.Run(Read, CancellationToken.None);
        }

        if (known is not null)
        {
            // A database that is behind says so to who commits: nobody waits for it twice.
            await Task.WhenAny(reading, Task.Delay(age, time, cancellation));
            if (!reading.IsCompleted)
            {
                return known.Value;
            }
        }

        return await reading.WaitAsync(cancellation);
    }

    /// <summary>The next who asks has it read again.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            // What is being read may be older than what it was dropped for.
            _drops++;
            _known = null;
            _reading = null;
        }
    }

    private async Task<T> Read()
    {
        var began = time.GetTimestamp();
        var drops = Volatile.Read(ref _drops);
        try
        {
            var value = await read();
            lock (_lock)
            {
                if (drops == _drops)
                {
                    (_known, _reading) = (new(value, began), null);
                }
            }

            return value;
        }
        catch
        {
            lock (_lock)
            {
                _reading = drops == _drops ? null : _reading;
                if (_known is { } known)
                {
                    return known.Value;
                }
            }

            throw;
        }
    }

    private sealed record Known(T Value, long At);
}
