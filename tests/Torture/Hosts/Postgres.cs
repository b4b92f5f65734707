using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Stk.Testing;
using Stk.Testing.Runs;

namespace Stk.Torture.Hosts;

/// <summary>The private server of this home: killed in several ways, started again, its disk filled.</summary>
internal sealed class Postgres(TortureSettings settings) : IAsyncDisposable
{
    private const string BackendsSql = """
        SELECT pid FROM pg_stat_activity
        WHERE datname = 'stk' AND application_name LIKE 'stk%' AND pid <> pg_backend_pid() ORDER BY pid
        """;

    private readonly NpgsqlDataSource _superuser = Superuser(settings);

    public static int PortOf(TortureSettings settings) => int.Parse(
        File.ReadAllText(Path.Combine(settings.PostgresHome, "port")), CultureInfo.InvariantCulture);

    public bool IsRunning => Run("running", settings.PostgresHome) == 0;

    /// <summary>Signals the postmaster: SIGQUIT is an immediate stop, SIGKILL leaves its children to find out.</summary>
    public async Task Kill(int signal)
    {
        if (Postmaster() is { } pid)
        {
            Signals.Send(pid, signal);
            await Eventually.True(() => !RunningProcess.IsAlive(pid), "the postmaster is gone");
        }
    }

    /// <summary>Starts it where it does not run. Children of a killed postmaster may hold the memory for a moment.</summary>
    public async Task Start()
    {
        var port = PortOf(settings).ToString(CultureInfo.InvariantCulture);
        await Eventually.True(
            () => Run("start", settings.PostgresHome, port) == 0,
            $"PostgreSQL starts (its log: {settings.PostgresHome}/postgres.log)");
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>The processes that serve our hosts, in the order of their ids.</summary>
    public async Task<IReadOnlyList<int>> Backends()
    {
        var pids = new List<int>();
        await using var command = _superuser.CreateCommand(BackendsSql);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            pids.Add(row.GetInt32(0));
        }

        return pids;
    }

    /// <summary>Takes all that is left of the small file system; returns the file that does.</summary>
    public static string FillDisk(string disk)
    {
        var path = Path.Combine(disk, "filler");
        using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 1 << 12])
        {
            var zeros = new byte[size];
            try
            {
                while (true)
                {
                    filler.Write(zeros);
                }
            }
            catch (IOException)
            {
                // Full, in pieces of this size.
            }
        }

        return path;
    }

    public ValueTask DisposeAsync() => _superuser.DisposeAsync();

    private static NpgsqlDataSource Superuser(TortureSettings settings) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = PortOf(settings),
            Username = "postgres",
            Password = File.ReadAllText(Path.Combine(settings.PostgresHome, "superuser.password")).Trim(),
            Database = "stk",
            ApplicationName = "torture",
            // Its own connections die with the others.
            Pooling = false,
            Timeout = (int)HangLimit.Call.TotalSeconds,
            CommandTimeout = (int)HangLimit.Call.TotalSeconds,
        }.ConnectionString);

    private int? Postmaster()
    {
        try
        {
            var data = Path.Combine(File.ReadAllText(Path.Combine(settings.PostgresHome, "base")).Trim(), "data");
            return int.Parse(
                File.ReadLines(Path.Combine(data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private int Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(settings.PostgresScript) { RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var script = Process.Start(start) ?? throw new InvalidOperationException("postgres.sh did not start");
        script.WaitForExit();
        return script.ExitCode;
    }
}
