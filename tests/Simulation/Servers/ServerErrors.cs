using Npgsql;

namespace Stk.Simulation.Servers;

/// <summary>As the driver throws them: what a failure means is decided by the code under test.</summary>
internal static class ServerErrors
{
    /// <summary>SQLSTATE of <c>storage.expect</c>.</summary>
    public const string NoLongerSoState = "STK02";

    public static NpgsqlException ConnectionLost() => new("the connection was lost", new IOException());

    public static NpgsqlException NoServer() => new("nobody listens", new IOException());

    public static PostgresException LockTimeout() => Error("canceling statement due to lock timeout", "55P03");

    public static PostgresException RowsMissed(string table) =>
        Error($"rows of {table} missed", Storage.CommitFailures.RowsMissed);

    public static PostgresException NoLongerSo() => Error("what was expected no longer holds", NoLongerSoState);

    public static PostgresException NotUnique(string key) => Error($"{key} is there already", "23505");

    public static PostgresException CheckViolated(string check) => Error($"violates {check}", "23514");

    public static PostgresException Deadlock() => Error("deadlock detected", "40P01");

    public static PostgresException DiskFull() => Error("could not extend file: no space left on device", "53100");

    public static PostgresException Killed() =>
        new("terminating connection due to administrator command", "FATAL", "FATAL", "57P01");

    public static PostgresException CutOff() =>
        new("terminating connection due to idle-in-transaction timeout", "FATAL", "FATAL", "25P03");

    private static PostgresException Error(string message, string state) => new(message, "ERROR", "ERROR", state);
}
