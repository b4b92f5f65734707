using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Stk.Client;
using Stk.Client.Connections;

namespace Stk.EndToEnd.Economies;

/// <summary>
/// An economy of its own, by <c>./stk up</c>: a home that the database's user can come to, free ports, and nothing left
/// of either at the end.
/// </summary>
public sealed class Economy : IAsyncDisposable
{
    private const int Attempts = 4;

    // On a busy machine all of this takes long, and no test that does not set it is about it: a silo that is only slow
    // is not dead, and a caller waits rather than being told to come again.
    private static readonly Dictionary<string, string?> Patience = new(StringComparer.Ordinal)
    {
        ["Stk__ProbeSeconds"] = "5",
        ["Stk__ProbesMissed"] = "3",
        ["Stk__Cluster__Deadline"] = "00:05:00",
        ["Stk__Intake__WaitSeconds"] = "60",
        ["Stk__Ledger__WaitMaxMs"] = "60000",
    };

    private readonly ConcurrentDictionary<(string, string), Task<string>> _tokens = new();
    private readonly HttpClient _http;
    private IReadOnlyDictionary<string, string?> _settings = new Dictionary<string, string?>();

    private Economy(string home, int port, int databasePort)
    {
        Home = home;
        Port = port;
        DatabasePort = databasePort;
        Address = new($"http://127.0.0.1:{port}");
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
            Timeout = HangLimit.Step,
        };
    }

    public string Home { get; }

    public int Port { get; }

    public int DatabasePort { get; }

    public Uri Address { get; }

    /// <summary>A client without a token.</summary>
    public ApiClient Anonymous => new(_http);

    /// <summary>A home and ports, nothing started yet.</summary>
    public static Economy Make()
    {
        // Under no directory that only its owner may pass: the database's server runs as another user.
        var home = Directory.CreateTempSubdirectory("stk-e2e-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        TestRun.Own(home);
        return new(home, FreePort.Next(), FreePort.Next());
    }

    /// <summary>A running one.</summary>
    public static Task<Economy> Up(params string[] arguments) => Up(new Dictionary<string, string?>(), arguments);

    /// <summary>A running one.</summary>
    /// <param name="settings">Of the hosts, as environment variables.</param>
    public static async Task<Economy> Up(IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var economy = Make();
            economy._settings = settings;
            var result = await economy.Stk(["up", .. arguments]);
            if (result.Code == 0)
            {
                return economy;
            }

            await economy.DisposeAsync();
            // Somebody else took one of the ports meanwhile.
            if (attempt == Attempts || !result.Error.Contains("is in use", StringComparison.Ordinal))
            {
                result.Done();
            }
        }
    }

    /// <summary>Runs <c>./stk</c> on this economy to its end.</summary>
    public async Task<StkResult> Stk(params string[] arguments)
    {
        using var run = Start(arguments);
        return await run.End();
    }

    /// <summary>Runs <c>./stk up</c> with fault points armed in the silos that it starts.</summary>
    public async Task<StkResult> UpWithFaults(string faults)
    {
        var environment = Environment();
        environment["STK_FAULTS"] = faults;
        using var run = StkRun.Start(Path.Combine(Repository.Root, "stk"), ["up"], environment);
        return await run.End();
    }

    public StkRun Start(params string[] arguments) =>
        StkRun.Start(Path.Combine(Repository.Root, "stk"), arguments, Environment());

    /// <summary>What <c>./stk</c> reads, and none of what the test's own process may have been given.</summary>
    public Dictionary<string, string?> Environment()
    {
        var environment = new Dictionary<string, string?>(Patience, StringComparer.Ordinal);
        foreach (var (name, value) in _settings.Concat(Own()))
        {
            environment[name] = value;
        }

        return environment;
    }

    private Dictionary<string, string?> Own() => new(StringComparer.Ordinal)
    {
        ["STK_HOME"] = Home,
        ["STK_PORT"] = Port.ToString(CultureInfo.InvariantCulture),
        ["STK_PG_PORT"] = DatabasePort.ToString(CultureInfo.InvariantCulture),
        ["STK_DATABASE"] = null,
        ["STK_DATABASE_SERVICES"] = null,
        ["STK_DATABASE_API"] = null,
        ["STK_DATABASE_VERIFY"] = null,
        ["ConnectionStrings__Stk"] = null,
        ["DOTNET_ENVIRONMENT"] = null,
        ["ASPNETCORE_ENVIRONMENT"] = null,
        ["ASPNETCORE_URLS"] = null,
    };

    /// <summary>Where its certificates are.</summary>
    public string Certificates => Path.Combine(Home, "certificates");

    /// <summary>The settings of a host that has a certificate of this economy.</summary>
    /// <param name="role">silo or api.</param>
    public Dictionary<string, string?> Tls(string role) => new(StringComparer.Ordinal)
    {
        ["Stk__Tls__Authorities"] = Path.Combine(Certificates, "authorities.pem"),
        ["Stk__Tls__Certificate"] = Path.Combine(Certificates, $"{role}.pem"),
        ["Stk__Tls__Key"] = Path.Combine(Certificates, $"{role}.key.pem"),
    };

    /// <summary>The port of a silo.</summary>
    /// <param name="kind">silo, gateway or health.</param>
    public int PortOf(string silo, string kind) => int.Parse(
        File.ReadLines(Path.Combine(Home, "run", $"{silo}.ports"))
            .Single(line => line.StartsWith($"{kind}=", StringComparison.Ordinal)).Split('=')[1],
        CultureInfo.InvariantCulture);

    /// <summary>By <c>./stk token</c>, once for each.</summary>
    public Task<string> Token(string role, string subject) => _tokens.GetOrAdd((role, subject), async _ =>
        (await Stk("token", "--role", role, "--sub", subject)).Done().Lines[^1]);

    public async Task<ApiClient> Client(string role, string subject) => new(_http, await Token(role, subject));

    /// <summary>The typed client, which tries for a minute.</summary>
    /// <param name="address">Of another API host than the economy's own.</param>
    public async Task<TokenomicsClient> Typed(string role, string subject, Uri? address = null) =>
        new(address ?? Address, await Token(role, subject), ClientSettings.Patient);

    /// <summary>Lives a plan, by the operator and the source that tests use.</summary>
    public async Task Live(EconomyPlan plan) =>
        await plan.Live(new ApiEnd(_http, await Token("operator", "operator"), await Token("ingest", "club")));

    public Task<ApiClient> Operator() => Client("operator", "operator");

    public Task<ApiClient> Source(string name = "club") => Client("ingest", name);

    public Task<ApiClient> Participant(string id) => Client("participant", id);

    /// <summary>A connection of the private server's superuser.</summary>
    public async Task<NpgsqlConnection> Database()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = DatabasePort,
            Database = "stk",
            Username = "postgres",
            Password = await File.ReadAllTextAsync(Path.Combine(Home, "postgres", "superuser.password")),
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Stops the private server under the running hosts, as its operator would; all that is stored stays.</summary>
    public async Task StopDatabase() => (await Server("stop", DatabaseHome)).Done();

    public async Task StartDatabase() =>
        (await Server("start", DatabaseHome, DatabasePort.ToString(CultureInfo.InvariantCulture))).Done();

    /// <summary>What <c>./stk psql</c> prints for a statement, without headers.</summary>
    public async Task<string> Psql(string sql) =>
        (await Stk("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql)).Done().Text.Trim();

    /// <summary>
    /// The one value of a statement as text, without a program of its own: for what is asked hundreds of times.
    /// </summary>
    public async Task<string> Value(string sql)
    {
        await using var database = await Database();
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = new NpgsqlCommand(sql, database);
#pragma warning restore CA2100
        return $"{await command.ExecuteScalarAsync()}";
    }

    /// <summary>Silos and API that live.</summary>
    public IEnumerable<string> LivingHosts() => Living().Where(name => name is not ("chain" or "signer"));

    /// <summary>All that lives, the local chain too, by the files that <c>up</c> writes.</summary>
    public IReadOnlyList<string> Living() =>
    [
        .. ProcessFiles().Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => Find(name) is not null)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary><c>kill -9</c>, and waits until the process is gone.</summary>
    public async Task Kill(string name)
    {
        using var process = Find(name) ?? throw new InvalidOperationException($"{name} does not run");
        process.Kill();
        await Eventually.True(() => Find(name) is null, $"{name} is gone");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (Directory.Exists(Path.Combine(Home, "run")))
        {
            (await Stk("down")).Done();
        }

        Assert.Empty(Living());
        Directory.Delete(Home, recursive: true);
        TestRun.Keep(Home);
    }

    private string DatabaseHome => Path.Combine(Home, "postgres");

    private async Task<StkResult> Server(params string[] arguments)
    {
        using var run = StkRun.Start(
            Path.Combine(Repository.Root, "deploy", "local", "postgres.sh"), arguments, Environment());
        return await run.End();
    }

    private string[] ProcessFiles() => Directory.Exists(Path.Combine(Home, "run"))
        ? Directory.GetFiles(Path.Combine(Home, "run"), "*.pid")
        : [];

    private Process? Find(string name)
    {
        var file = Path.Combine(Home, "run", $"{name}.pid");
        if (!File.Exists(file) || File.ReadAllText(file).Split(' ') is not [var id, ..])
        {
            return null;
        }

        var number = int.Parse(id, CultureInfo.InvariantCulture);
        try
        {
            return RunningProcess.IsAlive(number) ? Process.GetProcessById(number) : null;
        }
        catch (ArgumentException)
        {
            // It ended meanwhile.
            return null;
        }
    }
}
