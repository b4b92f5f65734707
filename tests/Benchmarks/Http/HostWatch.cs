using System.Globalization;

namespace Stk.Benchmarks.Http;

/// <summary>The hosts that <c>up</c> started, seen from outside: their memory and their queues.</summary>
internal sealed class HostWatch(HttpClient http, string home, string operatorToken)
{
    private static readonly string[] Hosts = ["silo-1", "api"];

    // Everything that waits for something, by the names that alarms stand on.
    private static readonly string[] Queues = ["commit_waiting", "read_waiting", "requests_waiting", "requests_running"];

    private readonly Dictionary<string, List<double>> _residentMiB = Hosts.ToDictionary(
        host => host, _ => new List<double>());

    /// <summary>Of each host, in the order taken. Unit: MiB.</summary>
    public IReadOnlyDictionary<string, List<double>> ResidentMiB => _residentMiB;

    public void Sample()
    {
        foreach (var host in Hosts)
        {
            _residentMiB[host].Add(ResidentMiBOf(host));
        }
    }

    public double ResidentMiBOf(string host)
    {
        var id = File.ReadAllText(Path.Combine(home, "run", $"{host}.pid")).Split(' ')[0];
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_024;
    }

    /// <summary>A sample a second until the end.</summary>
    /// <returns>Resident memory of each host. Unit: MiB.</returns>
    public async Task<Dictionary<string, List<double>>> Follow(CancellationToken end)
    {
        var samples = Hosts.ToDictionary(host => host, _ => new List<double>());
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (true)
            {
                foreach (var host in Hosts)
                {
                    samples[host].Add(ResidentMiBOf(host));
                }

                await timer.WaitForNextTickAsync(end);
            }
        }
        catch (OperationCanceledException)
        {
            return samples;
        }
    }

    /// <summary>Streams of balances that the API host has open.</summary>
    public async Task<int> OpenStreams() =>
        (await Metrics("/metrics")).Where(line => line.StartsWith("balance_streams{", StringComparison.Ordinal))
            .Sum(line => (int)ValueOf(line));

    /// <exception cref="HttpRequestException">A host is not ready.</exception>
    public async Task RequireReady()
    {
        foreach (var address in new[] { $"{SiloAddress()}/health/ready", "/health/ready" })
        {
            using var response = await http.GetAsync(address);
            response.EnsureSuccessStatusCode();
        }
    }

    /// <summary>What waits or runs in both hosts.</summary>
    public async Task<IReadOnlyList<(string Queue, double Depth)>> Depths()
    {
        var depths = new List<(string, double)>();
        foreach (var address in new[] { $"{SiloAddress()}/metrics", "/metrics" })
        {
            foreach (var line in await Metrics(address))
            {
                if (Queues.Any(queue => line.StartsWith(queue + "{", StringComparison.Ordinal)))
                {
                    depths.Add((
                        line[..line.LastIndexOf(' ')].Replace("otel_scope_name=", "", StringComparison.Ordinal),
                        ValueOf(line)));
                }
            }
        }

        return depths;
    }

    private static double ValueOf(string metric) =>
        double.Parse(metric[(metric.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    private string SiloAddress() => "http://127.0.0.1:" + File.ReadLines(Path.Combine(home, "run", "silo-1.ports"))
        .First(line => line.StartsWith("health=", StringComparison.Ordinal))[7..];

    private async Task<string[]> Metrics(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new("Bearer", operatorToken);
        using var response = await http.SendAsync(request);
        return (await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Split('\n');
    }
}
