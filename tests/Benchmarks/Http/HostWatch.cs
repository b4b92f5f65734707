using System.Globalization;

namespace Stk.Benchmarks.Http;

/// <summary>The hosts that <c>up</c> started, seen from outside: their memory and their queues.</summary>
internal sealed class HostWatch(HttpClient http, string home, string operatorToken)
{
    private static readonly string[] Hosts = ["silo-1", "api"];

    // Everything that waits for something, by the names that alarms stand on.
    private static readonly string[] Queues = ["commit_waiting", "read_waiting", "requests_waiting", "requests_running"];

    private readonly Dictionary<string, List<double>> _residentMiB = Hosts.ToDictionary(host => host, _ => new List<double>());

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

    /// <summary>What waits or runs in both hosts.</summary>
    public async Task<IReadOnlyList<(string Queue, double Depth)>> Depths()
    {
        var port = File.ReadLines(Path.Combine(home, "run", "silo-1.ports")).First(line => line.StartsWith("health=", StringComparison.Ordinal))[7..];
        var depths = new List<(string, double)>();
        foreach (var address in new[] { $"http://127.0.0.1:{port}/metrics", "/metrics" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new("Bearer", operatorToken);
            using var response = await http.SendAsync(request);
            foreach (var line in (await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Split('\n'))
            {
                if (Queues.Any(queue => line.StartsWith(queue + "{", StringComparison.Ordinal)))
                {
                    depths.Add((
                        line[..line.LastIndexOf(' ')].Replace("otel_scope_name=", "", StringComparison.Ordinal),
                        double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)));
                }
            }
        }

        return depths;
    }
}
