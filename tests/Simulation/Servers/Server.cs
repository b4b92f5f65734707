using Stk.Simulation.Steps;

namespace Stk.Simulation.Servers;

/// <summary>
/// A database server as its clients meet it: sessions, locks, time-outs, and a network that loses and delays. What it
/// stores is others': they change it only in the step that commits.
/// </summary>
internal sealed class Server(SeededScheduler scheduler, FaultPlan faults, Dice dice, Tally tally)
{
    private const int LatencyMaxMs = 12;
    private const int SlowMaxMs = 200;
    private const int LockTimeoutMs = 5_000;
    private const int IdleInTransactionMs = 2_000;

    private readonly List<Session> _sessions = [];
    private int _downUntilMs;

    public SimulatedTime Time => scheduler.Time;

    /// <param name="cutOffs">How often the batch that it is for was cut off.</param>
    public async Task<Session> Open(Silo silo, int cutOffs)
    {
        await silo.StillAlive();
        await Travel();
        if (Time.NowMs < _downUntilMs)
        {
            throw ServerErrors.NoServer();
        }

        var session = new Session(this) { IdleDoublings = Math.Min(cutOffs, 2) };
        _sessions.Add(session);
        return session;
    }

    /// <summary>The silo closes its connection.</summary>
    public void Close(Session session)
    {
        session.Cut();
        _sessions.Remove(session);
    }

    /// <summary>A statement of the silo's, done at the server, answered or not.</summary>
    // Longer than 70 lines: what may befall a statement, in the order of its way.
    public async Task<T> Call<T>(Silo silo, Session session, Func<Task<T>> work)
    {
        await silo.StillAlive();
        var fault = faults.Next();
        if (fault is not null)
        {
            tally.Add(fault.Kind.ToString());
        }

        switch (fault?.Kind)
        {
            case FaultKind.RequestLost:
                await Travel();
                session.Cut();
                throw ServerErrors.ConnectionLost();
            case FaultKind.RequestLostUnnoticed:
                await Travel();
                CutWhenIdle(session);
                throw ServerErrors.ConnectionLost();
            case FaultKind.RequestLate:
                _ = Late(session, work, fault.Ms);
                await Travel();
                throw ServerErrors.ConnectionLost();
            case FaultKind.Restart:
                Restart(fault.Ms);
                break;
        }

        await Travel();
        if (silo.IsDead && dice.Chance(2))
        {
            // The process died before the bytes had left it.
            Close(session);
            await silo.StillAlive();
        }

        if (fault?.Kind == FaultKind.BackendKilled)
        {
            session.Cut();
            throw ServerErrors.Killed();
        }

        if (fault?.Kind is FaultKind.Refused or FaultKind.DiskFull && session.IsThere)
        {
            session.End();
            throw fault.Kind == FaultKind.Refused ? ServerErrors.Deadlock() : ServerErrors.DiskFull();
        }

        var result = await Do(session, work);
        if (silo.IsDead)
        {
            Close(session);
            await silo.StillAlive();
        }

        await Travel();
        if (fault?.Kind == FaultKind.AnswerLost)
        {
            throw ServerErrors.ConnectionLost();
        }

        if (fault?.Kind == FaultKind.BackendKilledAfterwards)
        {
            session.Cut();
            throw ServerErrors.Killed();
        }

        if (fault?.Kind == FaultKind.SiloPaused)
        {
            await Time.Wait(fault.Ms);
        }

        await silo.StillAlive();
        return result;
    }

    /// <summary>Ends a wait for a lock that lasts too long.</summary>
    public void CutLockWaitOf(Session session) => After(LockTimeoutMs, session, () => session.End());

    // The server works on without a client.
    private async Task Late<T>(Session session, Func<Task<T>> work, int ms)
    {
        await Time.Wait(ms);
        try
        {
            await Do(session, work);
        }
        catch (Npgsql.NpgsqlException)
        {
            // Nobody is there to be told.
        }
    }

    private async Task<T> Do<T>(Session session, Func<Task<T>> work)
    {
        if (!session.IsThere)
        {
            throw session.IsCutOff ? ServerErrors.CutOff() : ServerErrors.ConnectionLost();
        }

        try
        {
            session.Touch();
            return await work();
        }
        catch
        {
            session.End();
            throw;
        }
        finally
        {
            CutWhenIdle(session);
        }
    }

    private void CutWhenIdle(Session session)
    {
        if (session.IsInTransaction)
        {
            After(IdleInTransactionMs << session.IdleDoublings, session, () =>
            {
                tally.Add("cut while idle in transaction");
                session.CutOff();
                _sessions.Remove(session);
            });
        }
    }

    private void After(int ms, Session session, Action cut)
    {
        var version = session.Version;
        _ = Wait();

        async Task Wait()
        {
            await Time.Wait(ms);
            if (session.Version == version)
            {
                cut();
            }
        }
    }

    private void Restart(int ms)
    {
        _downUntilMs = Time.NowMs + ms;
        foreach (var session in _sessions.ToArray())
        {
            Close(session);
        }
    }

    // Now and then much longer: whole commits of others fit between.
    private Task Travel() => Time.Wait(dice.Next(dice.Chance(15) ? SlowMaxMs : LatencyMaxMs));
}
