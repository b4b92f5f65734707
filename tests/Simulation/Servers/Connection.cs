using Npgsql;

namespace Stk.Simulation.Servers;

/// <summary>A silo's end of a session. Once it has broken, closing it tells the server nothing.</summary>
internal sealed class Connection(Server server, Silo silo, Session session)
{
    private bool _isBroken;

    public Session Session => session;

    public static async Task<Connection> Open(Server server, Silo silo, int cutOffs = 0) =>
        new(server, silo, await server.Open(silo, cutOffs));

    public async Task<T> Call<T>(Func<Task<T>> work)
    {
        if (_isBroken)
        {
            throw ServerErrors.ConnectionLost();
        }

        try
        {
            return await server.Call(silo, session, work);
        }
        catch (Exception exception) when (exception is not PostgresException { InvariantSeverity: "ERROR" })
        {
            _isBroken = true;
            throw;
        }
    }

    public void Close()
    {
        if (!_isBroken)
        {
            server.Close(session);
        }
    }
}
