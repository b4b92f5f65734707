using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Stk.Benchmarks.Http;
using Stk.Benchmarks.Measuring;

namespace Stk.Benchmarks.Spending;

/// <summary>
/// A thousand streams of balances whose readers read nothing, while transfers change every balance: the memory of the hosts
/// beside the same load without the streams, whether the hosts stay healthy, and how soon one who reads is told.
/// </summary>
internal static class StreamsBenchmark
{
    private const int Transferring = 64;
    private const double MostGrowth = 1.2;
    private const string Stream = "/api/v1/tokenomics/balance/stream";

    public static Command Command()
    {
        // Three streams for each: all that one may have. Fewer people, so that each of them changes more often.
        var hosts = new SpendingHosts.Options(people: 334);
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 48, Description = "With streams." };
        var streams = new Option<int>("--streams") { DefaultValueFactory = _ => 1_000 };
        var command = new Command("spending-streams", "Streams of balances that do not read.") { seconds, streams };
        hosts.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var under = await SpendingHosts.Connect(hosts, parsed, Transferring + 8);
            await Report.Machine(under.Database);
            await new Run(under, new(under.Http, parsed.GetValue(hosts.Home)!, SpendingHosts.OperatorToken))
                .Measure(parsed.GetValue(streams), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
        });
        return command;
    }

    private sealed class Run(SpendingHosts hosts, HostWatch watch)
    {
        private static readonly TimeSpan Alone = TimeSpan.FromSeconds(10);

        private readonly List<string[]> _rows = [];
        private readonly List<double> _delaysMs = [];

        public async Task Measure(int count, TimeSpan duration)
        {
            await Load("transfers alone", Alone);
            var open = new List<Socket>();
            try
            {
                for (var number = 0; number < count; number++)
                {
                    open.Add(await Open(hosts.People[number % hosts.People.Count]));
                }

                await Task.WhenAll(open.Select(Begun));
                var openAtFirst = await watch.OpenStreams();
                Require(openAtFirst == count, $"{openAtFirst} streams are open, not {count}");
                using var end = new CancellationTokenSource();
                var reading = Read(SpendingEconomy.Recipients[0], end.Token);
                var third = duration / 3;
                var first = await Load($"with {count} streams, first third", third);
                await Load("second third", third);
                var last = await Load("last third", third);
                await end.CancelAsync();
                await reading;
                var openAtLast = await watch.OpenStreams();
                Report.Table(["transfers of 64 connections", "per second", "p99 ms", "API host, MiB (median, most)", "silo, MiB"], _rows);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"streams open at the end: {openAtLast} of {count}; one that reads was told {_delaysMs.Count} times, at most {_delaysMs.DefaultIfEmpty().Max():N0} ms after the answer (median {Report.Median(_delaysMs.DefaultIfEmpty()):N0})"));
                Require(_delaysMs.Count > 0, "the one that reads was told nothing");
                Require(last < first * MostGrowth, $"the API host has grown from {first:N0} to {last:N0} MiB");
                await watch.RequireReady();
            }
            finally
            {
                open.ForEach(socket => socket.Dispose());
            }
        }

        /// <returns>The API host's resident memory meanwhile, the median. Unit: MiB.</returns>
        private async Task<double> Load(string what, TimeSpan duration)
        {
            using var end = new CancellationTokenSource();
            var samples = watch.Follow(end.Token);
            var result = await ClosedLoop.Run(Transferring, duration, (_, _) => hosts.Calls.Transfer());
            await end.CancelAsync();
            var memory = await samples;
            Require(result.Refused == 0, $"{result.Refused} transfers were not done, such as {hosts.Calls.Fault}");
            _rows.Add(
            [
                what, Report.Number(result.PerSecond), Report.Number(result.Percentile(0.99)),
                Text(memory["api"]), Text(memory["silo-1"]),
            ]);
            return Report.Median(memory["api"]);
        }

        private static string Text(List<double> memory) =>
            string.Create(CultureInfo.InvariantCulture, $"{Report.Median(memory):N0}, {memory.Max():N0}");

        private async Task<Socket> Open(string person)
        {
            // As little as the kernel allows: what is sent waits at the host and not here.
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2_304 };
            await socket.ConnectAsync(IPAddress.Loopback, hosts.Http.BaseAddress!.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"GET {Stream} HTTP/1.1\r\nHost: stk\r\nAuthorization: Bearer {hosts.Tokens[person]}\r\n\r\n"));
            return socket;
        }

        // Its answer has begun; nothing of it is taken but what tells so.
        private static async Task Begun(Socket socket)
        {
            var status = new byte[12];
            await socket.ReceiveAsync(status);
            Require(Encoding.ASCII.GetString(status) == "HTTP/1.1 200", $"a stream was answered {Encoding.ASCII.GetString(status)}");
        }

        /// <summary>Pays one person again and again, who reads: how long after the answer is it told?</summary>
        private async Task Read(string person, CancellationToken end)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Stream);
            request.Headers.Authorization = new("Bearer", hosts.Tokens[person]);
            using var response = await hosts.Http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
            using var lines = new StreamReader(
                await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(CancellationToken.None));
            await Told(lines);
            while (!end.IsCancellationRequested)
            {
                Require(
                    await hosts.Calls.TransferTo(SpendingEconomy.Recipients[1], person),
                    $"a transfer was not done: {hosts.Calls.Fault}");
                var answered = Stopwatch.GetTimestamp();
                await Told(lines);
                _delaysMs.Add(Stopwatch.GetElapsedTime(answered).TotalMilliseconds);
            }
        }

        private static async Task Told(StreamReader lines)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            string? line;
            do
            {
                line = await lines.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("the stream has ended");
            }
            while (!line.StartsWith("data:", StringComparison.Ordinal));
        }

        private static void Require(bool claim, string otherwise)
        {
            if (!claim)
            {
                throw new InvalidOperationException(otherwise);
            }
        }
    }
}
