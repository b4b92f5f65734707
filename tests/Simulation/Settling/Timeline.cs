namespace Stk.Simulation.Settling;

/// <summary>What is to come, by its moment. Of two at one moment the one that was planned first comes first.</summary>
internal sealed class Timeline
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (int AtMs, long Number)> _waiting = new();
    private long _planned;

    public int NowMs { get; private set; }

    public DateTimeOffset Now => Start.AddMilliseconds(NowMs);

    public long Events { get; private set; }

    public void After(int ms, Action action) => At(NowMs + ms, action);

    public void At(int atMs, Action action) => _waiting.Enqueue(action, (Math.Max(atMs, NowMs), _planned++));

    /// <summary>Lets things happen until the moment, or until it is asked to end.</summary>
    public void RunUntil(int atMs, Func<bool> isOver)
    {
        while (!isOver() && _waiting.TryPeek(out _, out var next) && next.AtMs <= atMs)
        {
            var action = _waiting.Dequeue();
            NowMs = next.AtMs;
            Events++;
            action();
        }

        NowMs = isOver() ? NowMs : atMs;
    }
}
