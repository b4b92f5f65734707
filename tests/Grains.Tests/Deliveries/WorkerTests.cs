using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Stk.Channels;
using Stk.Channels.Webhooks;
using Stk.Grains.Deliveries;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Notices;
using Stk.Rules.Time;
using Stk.Testing;
using Stk.Testing.Channels;
using Xunit;

namespace Stk.Grains.Tests.Deliveries;

/// <summary>The worker itself, with the sender of webhooks and a receiver on a socket.</summary>
[Collection(EconomyCollection.Name)]
public sealed class WorkerTests(EconomyServer server)
{
    private const int Good = 8;
    private static readonly string[] Bad = ["hang", "limit", "fail", "reset", "lost"];
    private static readonly byte[] Secret = SHA256.HashData("worker"u8);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromHours(12);

    // The host's clock stands but where it is moved: what waits for it waits, however slow the machine is. A machine that is
    // slow for seconds makes a good receiver late too, which is tried again a minute later.
    [Fact]
    public async Task However_receivers_answer_and_workers_end_each_notice_arrives_and_none_waits_for_anothers()
    {
        using var authority = new LocalAuthority();
        await using var economy = await server.NewEconomy(new(Silos: 1, More: Settings(authority)));
        await economy.Begin(TestEconomy.FirstWeek);
        // Behind the quiet hours of whoever has chosen nothing.
        await economy.RunTo(TestEconomy.FirstWeek.Start.AddHours(8));
        var bench = new DeliveryBench(economy);
        await using var receiver = new Receiver(authority);
        foreach (var name in Bad.Concat(Enumerable.Range(0, Good).Select(number => $"good-{number}")))
        {
            await Live(economy, name, receiver.Port);
        }

        var told = new List<(string Id, string Name)>();
        // A worker that ends while receivers hang, limit, fail, reset, and take something of which the answer is lost.
        told.AddRange(await Tell(economy, rounds: 3));
        await using (var first = await Worker(economy, bench))
        {
            await Passing(economy, bench, () => receiver.Has(OfGood(told)), "what goes well has arrived");
            await Eventually.True(() => Bad.All(name => receiver.Asked(name) > 0), "each of the bad ones was asked");
            await Passing(
                economy, bench,
                async () => await economy.Ask<long>(
                    "SELECT count(*) FROM notices.deliveries WHERE reason = 'http-429' AND lease IS NULL") == 1,
                "how long it is to be left alone is stored");
        }

        // Once: whatever else was tried was late, not answered.
        var asked = receiver.Asked("limit");
        var tried = await economy.Rows("""
            SELECT count(*) FILTER (WHERE reason = 'http-429'), count(*) FILTER (WHERE reason <> 'timeout'), sum(attempts)
            FROM notices.deliveries JOIN notices.addresses USING (participant, channel) WHERE address LIKE '%/limit'
            """);
        var counts = tried.Single().Split(' ');
        Assert.Equal(("1", "1"), (counts[0], counts[1]));
        Assert.InRange(asked, 1, int.Parse(counts[2], CultureInfo.InvariantCulture));
        // Ended in the middle of what goes well, again and again.
        for (var death = 0; death < 5; death++)
        {
            bench.Time.Move(TimeSpan.FromMinutes(1));
            told.AddRange(await Tell(economy, rounds: 1));
            var before = receiver.Requests;
            await using var worker = await Worker(economy, bench);
            await Eventually.True(() => receiver.Requests > before + death, "it is under way");
        }

        // Minutes after it asked for hours.
        await using (var worker = await Worker(economy, bench))
        {
            bench.Time.Move(TimeSpan.FromMinutes(1));
            await Passing(economy, bench, () => receiver.Has(OfGood(told)), "what goes well has arrived");
            Assert.Equal(asked, receiver.Asked("limit"));
            bench.Time.Move(RetryAfter);
            await Eventually.True(() => receiver.Asked("limit") > asked, "it is asked again behind them");
        }

        receiver.IsBad = false;
        bench.Time.Move(TimeSpan.FromMinutes(1));
        await using (var last = await Worker(economy, bench))
        {
            await Eventually.True(() => IsOver(economy, bench), "nothing waits any more");
        }

        Assert.Equal(told.Select(one => one.Id).Order(), receiver.Kept.Order());
        Assert.Empty(receiver.Problems);
        Assert.Equal([$"2 {told.Count}"], await economy.Rows(
            "SELECT state, count(*) FROM notices.deliveries WHERE channel = 3 GROUP BY state"));
    }

    private static Dictionary<string, string?> Settings(LocalAuthority authority) => new()
    {
        // Its own workers are the test's.
        ["Stk:Notices:Deliver"] = "false",
        ["Stk:Notices:Webhooks:Allow:0"] = "127.0.0.0/8",
        ["Stk:Notices:Webhooks:TrustedAuthority"] = authority.Path,
        // A second's worth is more than the test sends: the clock stands.
        ["Stk:Notices:Webhooks:PerSecond"] = "1000",
    };

    private static async Task Live(TestEconomy economy, string name, int port)
    {
        await economy.Register($"wo-{name}");
        await economy.Execute($"""
            INSERT INTO notices.addresses (participant, channel, address, set_at, confirmed_at, secret)
            SELECT number, 3, 'https://localhost:{port}/{name}', now(), now(), '\x{Convert.ToHexString(Secret)}'
            FROM activity.participants WHERE id = 'wo-{name}'
            """);
    }

    /// <summary>As many notices of everybody.</summary>
    private static async Task<IEnumerable<(string Id, string Name)>> Tell(TestEconomy economy, int rounds) =>
        (await economy.Rows($$"""
            WITH told AS (
                INSERT INTO notices.notices (id, participant, kind, at, "values")
                SELECT gen_random_uuid(), participant, 'vesting.released', reached, '{"amount":"5"}'
                FROM notices.addresses, economy.clock, generate_series(1, {{rounds}}) RETURNING id, participant)
            SELECT told.id, address FROM told JOIN notices.addresses USING (participant)
            """)).Select(row => (row.Split(' ')[0], row[(row.LastIndexOf('/') + 1)..])).ToArray();

    private static Task Passing(TestEconomy economy, DeliveryBench bench, Func<Task<bool>> isSo, string what) =>
        Eventually.True(
            async () =>
            {
                if (await isSo())
                {
                    return true;
                }

                await Move(economy, bench, TimeSpan.FromMinutes(1));
                return false;
            },
            what);

    // Time goes on while no attempt is under way: else one could be overtaken again and again.
    private static async Task Move(TestEconomy economy, DeliveryBench bench, TimeSpan by)
    {
        var now = bench.Time.GetUtcNow().UtcDateTime;
        if (await economy.Ask<long>($"""
            SELECT (SELECT count(*) FROM notices.deliveries WHERE lease IS NOT NULL AND next_at > '{now:O}')
                + (SELECT count(*) FROM notices.notices WHERE NOT is_planned)
            """) == 0)
        {
            bench.Time.Move(by);
        }
    }

    private static async Task<bool> IsOver(TestEconomy economy, DeliveryBench bench)
    {
        await Move(economy, bench, TimeSpan.FromMinutes(10));
        return await economy.Ask<long>("""
            SELECT (SELECT count(*) FROM notices.deliveries WHERE state = 1)
                + (SELECT count(*) FROM notices.notices WHERE NOT is_planned)
            """) == 0;
    }

    private static IEnumerable<string> OfGood(IEnumerable<(string Id, string Name)> told) =>
        told.Where(one => one.Name.StartsWith("good", StringComparison.Ordinal)).Select(one => one.Id);

    private static async Task<RunningWorker> Worker(TestEconomy economy, DeliveryBench bench)
    {
        var webhooks = economy.ServiceOf<IEnumerable<IChannelSender>>(0)
            .Where(sender => sender.Channel == NoticeChannel.Webhook);
        var worker = new DeliveryWorker(
            webhooks, economy.ServiceOf<DeliveryTable>(0), economy.ServiceOf<PlanningTable>(0),
            economy.ServiceOf<DeliveryFigures>(0), economy.ServiceOf<IDeliveryPlan>(0), economy.ServiceOf<MessageWriter>(0),
            economy.ServiceOf<DeliveryMetrics>(0), economy.ServiceOf<IClock>(0), bench.Time,
            Options.Create(new DeliveryOptions()), NullLoggerFactory.Instance);
        await worker.StartAsync(CancellationToken.None);
        return new(worker);
    }

    /// <summary>What is under way when it ends is left as it is, as by a silo that dies.</summary>
    private sealed class RunningWorker(DeliveryWorker worker) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await worker.StopAsync(CancellationToken.None);
            worker.Dispose();
        }
    }

    /// <summary>Keeps ids. Each path answers as its name says, until all are good.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly HttpSink _sink;
        private readonly ConcurrentDictionary<string, byte[]> _kept = new();
        private readonly ConcurrentDictionary<string, string> _paths = new();
        private readonly ConcurrentDictionary<string, int> _asked = new();

        public Receiver(LocalAuthority authority) => _sink = new(authority.Server) { Answers = Answer };

        public int Port => _sink.Port;

        public bool IsBad { get; set; } = true;

        public int Requests => _sink.Requests.Count;

        public IEnumerable<string> Kept => _kept.Keys;

        public ConcurrentQueue<string> Problems { get; } = new();

        public int Asked(string name) => _asked.GetValueOrDefault($"/{name}");

        public Task<bool> Has(IEnumerable<string> ids) => Task.FromResult(ids.All(_kept.ContainsKey));

        public ValueTask DisposeAsync() => _sink.DisposeAsync();

        private SinkAnswer Answer(SunkRequest request)
        {
            var id = request.Headers["webhook-id"];
            var timestamp = long.Parse(request.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);
            if (request.Headers["webhook-signature"] != WebhookSignature.Of(id, timestamp, request.Body, [Secret]))
            {
                Problems.Enqueue($"{id} is signed wrongly");
            }

            if (_paths.GetOrAdd(id, request.Path) != request.Path)
            {
                Problems.Enqueue($"{id} came to {request.Path} and to another");
            }

            _asked.AddOrUpdate(request.Path, 1, (_, count) => count + 1);
            return (IsBad, request.Path) switch
            {
                (true, "/hang") => new(Hangs: true),
                (true, "/limit") => new(429, Headers: $"Retry-After: {RetryAfter.TotalSeconds}"),
                (true, "/fail") => new(500),
                (true, "/reset") => new(Resets: true),
                (true, "/lost") => Keep(id, request.Body, new(Resets: true)),
                _ => Keep(id, request.Body, new()),
            };
        }

        private SinkAnswer Keep(string id, byte[] body, SinkAnswer answer)
        {
            if (!_kept.GetOrAdd(id, body).AsSpan().SequenceEqual(body))
            {
                Problems.Enqueue($"{id} came again with another body");
            }

            return answer;
        }
    }
}
