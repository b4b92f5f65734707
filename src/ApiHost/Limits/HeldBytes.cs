namespace Stk.ApiHost.Limits;

/// <summary>What the bodies of one lane hold in memory, all together, and at most.</summary>
/// <param name="max">Unit: bytes.</param>
internal sealed class HeldBytes(long max)
{
    private long _held;

    /// <summary>Unit: bytes.</summary>
    public long Now => Interlocked.Read(ref _held);

    /// <summary>For one request: what it takes it gives back at its end.</summary>
    public Share Open() => new(this);

    private bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= max)
        {
            return true;
        }

        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    /// <summary>What one request holds.</summary>
    internal sealed class Share(HeldBytes lane) : IDisposable
    {
        private long _taken;

        /// <summary>False where the lane has no room for so many more: nothing is taken.</summary>
        public bool TryTake(long bytes)
        {
            if (!lane.TryTake(bytes))
            {
                return false;
            }

            _taken += bytes;
            return true;
        }

        public void Dispose()
        {
            Interlocked.Add(ref lane._held, -_taken);
            _taken = 0;
        }
    }
}
