using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using Stk.Hosting.Certificates;
using Stk.Testing;

namespace Stk.Torture.Hosts;

/// <summary>
/// The whole thing as it runs in Development: two silos, each behind a proxy of its own to the database, an API host, and
/// the private server.
/// </summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    public const int Silos = 2;

    private readonly TortureSettings _settings;
    private readonly IReadOnlyDictionary<string, string> _ofSilos;
    private readonly ChainUnderTest? _chain;
    private readonly HttpClient _health = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly int[] _siloPorts = Ports();
    private readonly int[] _gatewayPorts = Ports();
    private readonly int[] _healthPorts = Ports();

    /// <param name="ofSilos">Further settings of the silos, as their environment has them; null: none.</param>
    /// <param name="chain">With the signer beside it; null where nothing is paid out.</param>
    public ClusterUnderTest(
        TortureSettings settings, IEnumerable<KeyValuePair<string, string>>? ofSilos = null, ChainUnderTest? chain = null)
    {
        _settings = settings;
        _chain = chain;
        _ofSilos = new Dictionary<string, string>(ofSilos ?? []);
        Directory.CreateDirectory(settings.RunDirectory);
        Postgres = new(settings);
        Proxies = [.. Enumerable.Range(0, Silos).Select(_ => new PostgresProxy(Postgres.PortOf(settings)))];
        SiloHosts =
        [
            .. Enumerable.Range(1, Silos).Select(number => new HostProcess(
                string.Create(CultureInfo.InvariantCulture, $"silo-{number}"), "silo", "Stk.Silo.dll", settings)),
        ];
        ApiHost = new("api", "api", "Stk.ApiHost.dll", settings);
        ApiPort = StablePort.Next();
    }

    public Postgres Postgres { get; }

    /// <summary>One a silo, in their order.</summary>
    public IReadOnlyList<PostgresProxy> Proxies { get; }

    public IReadOnlyList<HostProcess> SiloHosts { get; }

    public HostProcess ApiHost { get; }

    /// <summary>Null where nothing is paid out.</summary>
    public ChainUnderTest? Chain => _chain;

    public int ApiPort { get; }

    /// <param name="silo">From 0.</param>
    /// <param name="faults">As STK_FAULTS; null for none.</param>
    public void StartSilo(int silo, string? faults = null) => SiloHosts[silo].Start(
        new Dictionary<string, string>(Common(_healthPorts[silo], HostRole.Silo).Concat(_ofSilos))
        {
            ["ConnectionStrings__Stk"] = Through(Proxies[silo].Port),
            ["Stk__SiloPort"] = _siloPorts[silo].ToString(CultureInfo.InvariantCulture),
            ["Stk__GatewayPort"] = _gatewayPorts[silo].ToString(CultureInfo.InvariantCulture),
            ["Stk__Torture"] = "true",
            ["Stk__Ledger__SigningKey"] = _settings.CommitKey,
            ["Stk__Calls__Secrets"] = _settings.SilosSecret,
            ["STK_FAULTS"] = faults ?? "",
        });

    public void StartApi() => ApiHost.Start(
        new Dictionary<string, string>(Common(ApiPort, HostRole.Api))
        {
            ["ConnectionStrings__Stk"] = ApiConnection,
            ["Stk__DataDirectory"] = Path.Combine(_settings.Home, "api"),
            ["Stk__SignIn__Domains__0"] = "stk.example",
        });

    public Task<bool> IsSiloReady(int silo) => IsReady(SiloHosts[silo], _healthPorts[silo]);

    public Task<bool> IsApiReady() => IsReady(ApiHost, ApiPort);

    /// <summary>How many groups a silo's writers have committed since its start, by its own metrics.</summary>
    public async Task<long> Commits(int silo)
    {
        var text = await _health.GetStringAsync(Health(silo, "metrics"));
        return text.Split('\n')
            .Where(line => line.StartsWith("commit_duration_seconds_count", StringComparison.Ordinal))
            .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Starts whatever does not run, wakes whatever stands still, and waits until all is ready.</summary>
    public async Task Heal()
    {
        foreach (var proxy in Proxies)
        {
            proxy.IsRefusing = false;
            proxy.Delay = TimeSpan.Zero;
            proxy.Disarm();
        }

        if (_chain is not null)
        {
            await _chain.Heal();
        }

        if (!Postgres.IsRunning)
        {
            await Postgres.Start();
        }

        await Eventually.True(
            async () =>
            {
                // A host may also end by itself: one that cannot join says so and leaves to be started again.
                for (var silo = 0; silo < Silos; silo++)
                {
                    if (!SiloHosts[silo].IsAlive)
                    {
                        StartSilo(silo);
                    }

                    SiloHosts[silo].Wake();
                }

                if (!ApiHost.IsAlive)
                {
                    StartApi();
                }

                for (var silo = 0; silo < Silos; silo++)
                {
                    if (!await IsSiloReady(silo))
                    {
                        return false;
                    }
                }

                return await IsApiReady();
            },
            "silos and API host are ready");
    }

    public async ValueTask DisposeAsync()
    {
        await ApiHost.Kill();
        foreach (var silo in SiloHosts)
        {
            await silo.Kill();
        }

        foreach (var proxy in Proxies)
        {
            await proxy.DisposeAsync();
        }

        await Postgres.DisposeAsync();
        _health.Dispose();
    }

    private Uri Health(int silo, string path) =>
        new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_healthPorts[silo]}/{path}"));

    private static int[] Ports() => [.. Enumerable.Range(0, Silos).Select(_ => StablePort.Next())];

    private Dictionary<string, string> Common(int port, HostRole role) => new()
    {
        ["Stk__Tls__Authorities"] = _settings.Certificate(role).Authorities,
        ["Stk__Tls__Certificate"] = _settings.Certificate(role).Certificate,
        ["Stk__Tls__Key"] = _settings.Certificate(role).Key,
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
        ["Stk__Clock"] = "manual",
        ["Stk__Auth__KeysDirectory"] = _settings.Keys,
    };

    // A build from before roles by work signs in as the services: its schema gives an API host's role nothing.
    private string ApiConnection => _settings.IsFromWithoutProofs && ApiHost.Build != TortureSettings.Current
        ? _settings.Services
        : _settings.Api;

    private string Through(int port) =>
        new NpgsqlConnectionStringBuilder(_settings.Services) { Port = port }.ConnectionString;

    private async Task<bool> IsReady(HostProcess host, int port)
    {
        if (!host.IsAlive)
        {
            return false;
        }

        try
        {
            using var response = await _health.GetAsync(new Uri(
                string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/health/ready")));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or SocketException)
        {
            return false;
        }
    }
}
