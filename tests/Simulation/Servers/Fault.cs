namespace Stk.Simulation.Servers;

/// <summary>What can go wrong with one call of a silo to the database.</summary>
internal enum FaultKind
{
    /// <summary>The connection breaks before the server has it; the server notices at once.</summary>
    RequestLost,

    /// <summary>The connection breaks, and the server does not notice: the transaction stays open until it is cut.</summary>
    RequestLostUnnoticed,

    /// <summary>The silo is told that the connection broke; the request is on its way, and arrives.</summary>
    RequestLate,

    /// <summary>Done, and the answer does not come.</summary>
    AnswerLost,

    /// <summary>The answer comes, but the silo stands still before it reads on.</summary>
    SiloPaused,

    /// <summary>The statement fails; the transaction is rolled back.</summary>
    Refused,

    /// <summary>No room on the disk.</summary>
    DiskFull,

    /// <summary>The backend is ended before it begins.</summary>
    BackendKilled,

    /// <summary>Done, and the backend is ended before it answers: its last word comes in the answer's place.</summary>
    BackendKilledAfterwards,

    /// <summary>The server goes down with all that was not committed, and comes back after a time.</summary>
    Restart,
}

/// <param name="Call">From which call of the history on, all silos counted.</param>
/// <param name="Calls">How many in a row.</param>
/// <param name="Ms">How late, how long. Unit: milliseconds.</param>
internal sealed record Fault(int Call, int Calls, FaultKind Kind, int Ms);
