using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Stk.Testing.Runs;
using Xunit;

namespace Stk.Testing;

/// <summary>
/// A private PostgreSQL server for the tests of one collection, by <c>deploy/local/postgres.sh</c>: made in about a
/// second, durable as in production, and gone with its data at the end, however the test process ends.
/// </summary>
/// <remarks>An xunit fixture: <c>ICollectionFixture&lt;PostgresServer&gt;</c>, or used by hand with
/// <see cref="InitializeAsync"/>.</remarks>
public class PostgresServer : IAsyncLifetime, IAsyncDisposable
{
    private const int PortTaken = 75;
    private const int Attempts = 5;

    private readonly bool _fsync;
    private readonly string _home;
#pragma warning disable CA2213 // Stop disposes it.
    private Process? _server;
#pragma warning restore CA2213
    private string _password = "";

    public PostgresServer()
        : this(fsync: true)
    {
    }

    /// <param name="fsync">False only where speed is what is tested, or durability cannot be: see
    /// <see cref="PostgresServerWithoutFsync"/>.</param>
    protected PostgresServer(bool fsync)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The private server is started by a bash script.");
        }

        _fsync = fsync;
        // Other users may pass through, as the server's own user must, and may not list.
        var home = Directory.CreateTempSubdirectory("stk-tests-");
        File.SetUnixFileMode(home.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _home = home.FullName;
    }

    /// <summary>On 127.0.0.1; 0 before <see cref="InitializeAsync"/>.</summary>
    public int Port { get; private set; }

    public virtual async Task InitializeAsync()
    {
        for (var attempt = 1; !await TryStart(FreePort.Next()); attempt++)
        {
            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"PostgreSQL found no free port in {Attempts} attempts.");
            }
        }
    }

    /// <summary>The superuser's connection string to a database of this server.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = "postgres",
        Password = _password,
        Database = database,
        // A failed test must show what the server said; these rows are made up.
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Makes an empty database, which must not exist. Returns the superuser's connection string to it.</summary>
    public async Task<string> CreateDatabase(string name)
    {
        await Execute($"CREATE DATABASE {Quoted(name)}");
        return ConnectionString(name);
    }

    /// <summary>Makes an empty database under a name that no other has.</summary>
    public Task<string> CreateDatabase() => CreateDatabase($"t_{Guid.NewGuid():N}");

    /// <summary>Drops a database, and the connections to it; one that does not exist is no error.</summary>
    public Task DropDatabase(string name) => Execute($"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)");

    /// <summary>Runs a statement in the database <c>postgres</c> as superuser: roles, settings.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public virtual async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is { } server)
        {
            _server = null;
            await Stop(server);
        }

        if (Directory.Exists(_home))
        {
            Directory.Delete(_home, recursive: true);
        }
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static string Quoted(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);

    private static async Task Stop(Process server)
    {
        using (server)
        {
            server.StandardInput.Close();
            using var limit = HangLimit.StepSource();
            await server.WaitForExitAsync(limit.Token);
        }
    }

    private async Task<bool> TryStart(int port)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "deploy", "local", "postgres.sh"))
        {
            ArgumentList = { "serve", Path.Combine(_home, "postgres"), port.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!_fsync)
        {
            start.ArgumentList.Add("--no-fsync");
        }

        // It ends by its own pipe, and deletes its data: what ends the run's other processes would come in between.
        start.Environment.Remove(TestRun.Variable);

        var server = Process.Start(start) ?? throw new InvalidOperationException("postgres.sh did not start.");
        // The script is silent after "ready": nothing fills a pipe that nobody reads.
        if (await server.StandardOutput.ReadLineAsync() == "ready")
        {
            _server = server;
            Port = port;
            _password = await File.ReadAllTextAsync(Path.Combine(_home, "postgres", "superuser.password"));
            return true;
        }

        using (server)
        {
            var reason = await server.StandardError.ReadToEndAsync();
            await server.WaitForExitAsync();
            return server.ExitCode == PortTaken
                ? false
                : throw new InvalidOperationException($"PostgreSQL for the tests did not start: {reason.Trim()}");
        }
    }
}
