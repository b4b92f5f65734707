namespace Stk.Simulation.Servers;

/// <summary>A row that transactions lock: FOR UPDATE by one, FOR SHARE by many, first come first served.</summary>
internal sealed class RowLock
{
    private readonly List<(Session Session, bool IsExclusive)> _holders = [];
    private readonly List<(Session Session, bool IsExclusive, TaskCompletionSource Got)> _waiting = [];

    public Task Acquire(Session session, bool isExclusive)
    {
        if (_waiting.Count == 0 && Fits(isExclusive))
        {
            _holders.Add((session, isExclusive));
            return Task.CompletedTask;
        }

        var got = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((session, isExclusive, got));
        return got.Task;
    }

    /// <summary>What it holds, and what it waits for.</summary>
    public void Release(Session session)
    {
        _holders.RemoveAll(holder => holder.Session == session);
        foreach (var (_, _, got) in _waiting.FindAll(waiting => waiting.Session == session))
        {
            got.TrySetResult();
        }

        _waiting.RemoveAll(waiting => waiting.Session == session);
        while (_waiting is [var (next, isExclusive, got), ..] && Fits(isExclusive))
        {
            _waiting.RemoveAt(0);
            _holders.Add((next, isExclusive));
            got.TrySetResult();
        }
    }

    private bool Fits(bool isExclusive) =>
        _holders.Count == 0 || (!isExclusive && !_holders.Exists(holder => holder.IsExclusive));
}
