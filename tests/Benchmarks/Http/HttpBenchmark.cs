using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stk.Benchmarks.Measuring;

namespace Stk.Benchmarks.Http;

/// <summary>
/// Intake and balance over HTTP, end to end, against running hosts; the load generator shares the machine.
/// </summary>
internal static class HttpBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 3;

    public static Command Command()
    {
        var address = new Option<string>("--address") { Required = true };
        var home = new Option<string>("--home") { Required = true, Description = "STK_HOME of the hosts." };
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 10, Description = "Of one measurement." };
        var participants = new Option<int>("--participants") { DefaultValueFactory = _ => 5_000 };
        var batch = new Option<int>("--batch") { DefaultValueFactory = _ => 500, Description = "Events a request." };
        var withoutIntake = new Option<bool>("--without-intake") { Description = "Reads alone, of participants that are there." };
        var command = new Command("http", "Intake and balance over HTTP.")
        {
            address, home, seconds, participants, batch, withoutIntake,
        };
        command.SetAction(async (parsed, _) =>
        {
            var duration = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            using var http = Client(new Uri(parsed.GetValue(address)!));
            // Through the environment, not the command line, which every user can read.
            var ingest = Token("STK_INGEST_TOKEN");
            var reader = Token("STK_OPERATOR_TOKEN");
            var measured = new Measured(new(parsed.GetValue(home)!));
            if (!parsed.GetValue(withoutIntake))
            {
                await Intake(http, ingest, parsed.GetValue(participants), parsed.GetValue(batch), duration, measured);
            }

            await Balance(http, reader, parsed.GetValue(participants), duration, measured);
            measured.Print();
        });
        return command;
    }

    private static string Token(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} is not set: a token of that role");

    private static HttpClient Client(Uri address) => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = Connections,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
    })
    {
        BaseAddress = address,
    };

    private static async Task Intake(
        HttpClient http, string token, int participants, int batch, TimeSpan duration, Measured measured)
    {
        // The first request sets genesis; the rest wake the participants. Neither is what lasts.
        for (var i = 0; i < participants; i += batch)
        {
            await Send(http, token, Batch(new Random(i), batch, number => i + number));
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var connections in (int[])[1, 8, 32])
            {
                await measured.Closed($"event, {batch} a request", connections, duration, batch, async (_, random) =>
                    await Send(http, token, Batch(random, batch, _ => random.Next(participants))) == batch);
            }
        }
    }

    private static async Task Balance(
        HttpClient http, string token, int participants, TimeSpan duration, Measured measured)
    {
        Func<Random, Task<bool>> hello = _ => Get(http, "/health/live", null);
        Func<Random, Task<bool>> balance = random => Get(
            http, $"/api/v1/tokenomics/balance?participant=p{random.Next(participants)}", token);
        var calls = new[] { ("hello", hello), ("balance", balance) };
        foreach (var (_, call) in calls)
        {
            await ClosedLoop.Run(Connections, TimeSpan.FromSeconds(3), (_, random) => call(random));
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, call) in calls)
            {
                var best = await measured.Closed(name, Connections, duration, 1, (_, random) => call(random));
                await measured.OpenAtHalf(name, Connections, duration, best, number => call(new Random(number)));
            }
        }
    }

    private static async Task<bool> Get(HttpClient http, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var response = await http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode;
    }

    private static byte[] Batch(Random random, int count, Func<int, int> participant)
    {
        string[] types = ["SectionCompleted", "ExerciseSave", "ClubLikeGiven", "ClubLikeReceived", "ClubCommentCreated"];
        var now = DateTimeOffset.UtcNow;
        var json = new StringBuilder("[");
        for (var i = 0; i < count; i++)
        {
            var type = types[random.Next(types.Length)];
            json.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$$"""{"uuid":"{{{Guid.NewGuid()}}}","event":"{{{type}}}","distinct_id":"p{{{participant(i)}}}","timestamp":"{{{now:yyyy-MM-ddTHH:mm:ss.fffZ}}}","properties":{} }""");
        }

        return Encoding.UTF8.GetBytes(json.Append(']').ToString());
    }

    // How many events were answered with an outcome that is stored.
    private static async Task<int> Send(HttpClient http, string token, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokenomics/events")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Authorization = new("Bearer", token);
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            return 0;
        }

        using var answers = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return answers.RootElement.EnumerateArray()
            .Count(answer => answer.GetProperty("outcome").GetString() is "counted" or "over_limit");
    }
}
