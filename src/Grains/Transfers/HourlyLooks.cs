namespace Stk.Grains.Transfers;

/// <summary>How often somebody may look up others: each look tells who is here. By real time, in any hour.</summary>
internal sealed class HourlyLooks(TimeProvider time)
{
    /// <summary>Unit: looks in an hour.</summary>
    public const int Max = 30;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Queue<long> _taken = new(Max);

    /// <summary>Takes one. Null where it may be done; else how long until the next may, and none is taken.</summary>
    public TimeSpan? Take()
    {
        while (_taken.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Hour)
        {
            _taken.Dequeue();
        }

        if (_taken.Count == Max)
        {
            return Hour - time.GetElapsedTime(_taken.Peek());
        }

        _taken.Enqueue(time.GetTimestamp());
        return null;
    }
}
