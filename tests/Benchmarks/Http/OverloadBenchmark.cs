using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Stk.Benchmarks.Measuring;

namespace Stk.Benchmarks.Http;

/// <summary>
/// Intake at three times what it holds: what is still completed, how fast the rest is refused, memory meanwhile, and the
/// queues ten seconds after. Best and flood alternate, the medians of the rounds count.
/// </summary>
internal static class OverloadBenchmark
{
    private const int BestConnections = 16;
    private const int FloodConnections = 512;
    private const double LeastShare = 0.8;

    public static Command Command()
    {
        var address = new Option<string>("--address") { Required = true };
        var home = new Option<string>("--home") { Required = true, Description = "STK_HOME of the hosts." };
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 30, Description = "Of a flood." };
        var bestSeconds = new Option<int>("--best-seconds") { DefaultValueFactory = _ => 10 };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var times = new Option<double>("--times") { DefaultValueFactory = _ => 3, Description = "Load, of the best." };
        var participants = new Option<int>("--participants") { DefaultValueFactory = _ => 5_000 };
        var batch = new Option<int>("--batch") { DefaultValueFactory = _ => 500, Description = "Events a request." };
        var command = new Command("overload", "Intake at three times what it holds.")
        {
            address, home, seconds, bestSeconds, rounds, times, participants, batch,
        };
        command.SetAction(async (parsed, _) =>
        {
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = FloodConnections })
            {
                BaseAddress = new Uri(parsed.GetValue(address)!),
            };
            var operatorToken = Token("STK_OPERATOR_TOKEN");
            await new OverloadRun(
                http, Token("STK_INGEST_TOKEN"), operatorToken, new(http, parsed.GetValue(home)!, operatorToken),
                new(parsed.GetValue(participants), parsed.GetValue(batch)))
                .Run(
                    parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(bestSeconds)),
                    TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(times));
        });
        return command;
    }

    private static string Token(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} is not set: a token of that role");

    private sealed class OverloadRun(
        HttpClient http, string ingestToken, string operatorToken, HostWatch watch, EventBodies bodies)
    {
        private int _sent;
        private long _stored;

        public async Task Run(int rounds, TimeSpan bestDuration, TimeSpan floodDuration, double times)
        {
            var storedBefore = await StoredNow();
            await Best(bestDuration);
            var rows = new List<string[]>();
            var bests = new List<double>();
            var goods = new List<double>();
            var deepest = 0.0;
            for (var round = 1; round <= rounds; round++)
            {
                var best = await Best(bestDuration);
                bests.Add(best);
                var answers = await Flood(best * times, floodDuration);
                await Task.Delay(TimeSpan.FromSeconds(10));
                var depths = await watch.Depths();
                deepest = Math.Max(deepest, depths.Max(depth => depth.Depth));
                var good = answers.Count(answer => answer.IsStored) / floodDuration.TotalSeconds;
                goods.Add(good);
                rows.Add(Row(round, best, best * times, good, answers));
                Console.WriteLine($"queues 10 s after flood {round}: {string.Join(", ", depths.Select(depth => $"{depth.Queue} {depth.Depth}"))}");
            }

            Report.Table(
                [
                    "round", "best, events/s", "offered", "completed", "of the best", "p50 / p99 ms", "refused",
                    "refused in p50 / p99 ms", "otherwise",
                ],
                rows);
            foreach (var (host, memory) in watch.ResidentMiB)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"resident memory of {host} in the floods: first {memory[0]:N0}, median {Report.Median(memory):N0}, most {memory.Max():N0}, last {memory[^1]:N0} MiB"));
            }

            var storedNow = await StoredNow() - storedBefore;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{_stored:N0} events were answered as stored; {storedNow:N0} are there"));
            Require(storedNow >= _stored, "an event that was answered as stored is not there");
            Require(deepest == 0, "something still waits or runs ten seconds after the load");
            Require(
                Report.Median(goods) >= LeastShare * Report.Median(bests),
                $"less than {LeastShare:P0} of the best is completed under load");
        }

        private string[] Row(int round, double best, double offered, double good, Attempt[] answers)
        {
            var stored = Latencies(answers, answer => answer.IsStored);
            var refused = Latencies(answers, answer => answer.IsRefused);
            return
            [
                $"{round}", Report.Number(best * bodies.Events), Report.Number(offered * bodies.Events),
                Report.Number(good * bodies.Events), string.Create(CultureInfo.InvariantCulture, $"{good / best:P0}"),
                stored, $"{answers.Count(answer => answer.IsRefused)} of {answers.Length}", refused,
                $"{answers.Count(answer => !answer.IsStored && !answer.IsRefused)}",
            ];
        }

        private static string Latencies(Attempt[] answers, Func<Attempt, bool> which)
        {
            var sorted = answers.Where(which).Select(answer => answer.ElapsedMs).Order().ToArray();
            return sorted.Length == 0
                ? "none"
                : $"{Report.Number(sorted[sorted.Length / 2])} / {Report.Number(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * 0.99))])}";
        }

        /// <summary>Unit: requests a second, all of them stored.</summary>
        private async Task<double> Best(TimeSpan duration)
        {
            var result = await ClosedLoop.Run(BestConnections, duration, async (_, _) => (await Send()).IsStored);
            Require(result.Refused == 0, $"{result.Refused} requests were not stored without any overload");
            return result.PerSecond;
        }

        private async Task<Attempt[]> Flood(double perSecond, TimeSpan duration)
        {
            var answers = new Attempt[(int)(perSecond * duration.TotalSeconds)];
            using var ended = new CancellationTokenSource();
            var sampling = Sample(ended.Token);
            await OpenLoop.Run(perSecond, FloodConnections, duration, async number =>
            {
                answers[number] = await Send();
                return answers[number].IsStored;
            });
            await ended.CancelAsync();
            await sampling;
            return answers;
        }

        private async Task Sample(CancellationToken cancellation)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            try
            {
                do
                {
                    watch.Sample();
                }
                while (await timer.WaitForNextTickAsync(cancellation));
            }
            catch (OperationCanceledException)
            {
                // The flood is over.
            }
        }

        private async Task<Attempt> Send()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokenomics/events")
            {
                Content = new ByteArrayContent(bodies.Next(Interlocked.Increment(ref _sent)))
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
                },
            };
            request.Headers.Authorization = new("Bearer", ingestToken);
            var asked = Stopwatch.GetTimestamp();
            try
            {
                using var response = await http.SendAsync(request);
                var answer = await response.Content.ReadAsByteArrayAsync();
                var elapsed = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
                var stored = response.IsSuccessStatusCode ? EventBodies.Stored(answer) : 0;
                Interlocked.Add(ref _stored, stored);
                return new(
                    stored == bodies.Events,
                    response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests
                        && response.Headers.RetryAfter is not null,
                    elapsed);
            }
            catch (HttpRequestException)
            {
                return new(false, false, Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        }

        private async Task<long> StoredNow()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tokenomics/admin/totals");
            request.Headers.Authorization = new("Bearer", operatorToken);
            using var response = await http.SendAsync(request);
            using var totals = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
            return totals.RootElement.GetProperty("outcomes").EnumerateObject()
                .Where(outcome => outcome.Name is "counted" or "over_limit").Sum(outcome => outcome.Value.GetInt64());
        }

        private static void Require(bool claim, string otherwise)
        {
            if (!claim)
            {
                throw new InvalidOperationException(otherwise);
            }
        }
    }

    /// <param name="IsStored">Every event of it.</param>
    /// <param name="IsRefused">With Retry-After: nothing of it was begun.</param>
    private readonly record struct Attempt(bool IsStored, bool IsRefused, double ElapsedMs);
}
