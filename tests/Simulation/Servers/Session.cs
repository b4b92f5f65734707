namespace Stk.Simulation.Servers;

/// <summary>A backend of the server: at most one transaction, and the locks it holds.</summary>
internal sealed class Session(Server server)
{
    private readonly List<RowLock> _locks = [];

    /// <summary>Grows with each change: a timer that finds another number comes too late.</summary>
    public int Version { get; private set; }

    /// <summary>False once the backend has ended: whatever is sent to it finds nobody.</summary>
    public bool IsThere { get; private set; } = true;

    public bool IsInTransaction { get; private set; }

    /// <summary>It was idle in its transaction for too long: whoever sends it something is told so.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>How often the server's limit on that is doubled.</summary>
    public int IdleDoublings { get; init; }

    public void Begin()
    {
        IsInTransaction = true;
        Version++;
    }

    /// <summary>It is busy: no timer set before is to end it.</summary>
    public void Touch() => Version++;

    /// <exception cref="Npgsql.PostgresException">Not within <c>lock_timeout</c>.</exception>
    public async Task Lock(RowLock row, bool isExclusive)
    {
        _locks.Add(row);
        Version++;
        var got = row.Acquire(this, isExclusive);
        if (!got.IsCompleted)
        {
            server.CutLockWaitOf(this);
            await got;
        }

        if (!IsInTransaction)
        {
            throw IsThere ? ServerErrors.LockTimeout() : ServerErrors.ConnectionLost();
        }

        Version++;
    }

    /// <summary>COMMIT or ROLLBACK: what it wrote is the caller's to apply.</summary>
    public void End()
    {
        IsInTransaction = false;
        Version++;
        foreach (var row in _locks)
        {
            row.Release(this);
        }

        _locks.Clear();
    }

    /// <summary>The backend ends because nothing came for too long.</summary>
    public void CutOff()
    {
        IsCutOff = true;
        Cut();
    }

    /// <summary>The backend ends, and its transaction with it.</summary>
    public void Cut()
    {
        IsThere = false;
        End();
    }
}
