using System.Globalization;

namespace Stk.EndToEnd.Overload;

/// <summary>
/// The database goes away under the running hosts, and comes back: who asks is told so at once, and nobody has to do
/// anything. And a flood, on the whole program.
/// </summary>
public sealed class DatabaseGoneTests : IAsyncLifetime
{
    private Economy? _economy;

    private Economy Economy => _economy ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _economy = await Economy.Up(new Dictionary<string, string?>
    {
        ["Stk__Limits__Intake"] = "2",
        ["Stk__Limits__IntakeWaiting"] = "2",
        // A call that waits for the database, or is tried again until it is there, waits longer than this test.
        ["Stk__Cluster__AttemptTimeout"] = "00:10:00",
        ["Stk__Cluster__Deadline"] = "00:10:00",
        ["Stk__Cluster__ResponseTimeout"] = "00:10:00",
        // Until the clock is set it is the host's: events of now are taken.
        ["Stk__Clock"] = "manual",
    });

    public async Task DisposeAsync() => await Economy.DisposeAsync();

    [Fact]
    public async Task An_economy_without_its_database_refuses_at_once_and_recovers_by_itself()
    {
        var source = await Economy.Source();
        var operators = await Economy.Operator();
        var stored = new List<string>();
        Assert.Equal("counted", await SendOne(source, stored, "ann", 0));

        await Economy.StopDatabase();
        await Eventually.Get(
            () => Economy.Anonymous.Get("/health/ready"), answer => answer.Status == HttpStatusCode.ServiceUnavailable,
            "the API host is not ready");
        // Ann's actor lives; nobody's has been woken for bob.
        foreach (var participant in new[] { "ann", "bob" })
        {
            var refused = await source.Post("events", Event(participant, 100));
            refused.Problem(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
            Assert.Equal("1", refused.Headers["Retry-After"]);
        }

        (await operators.Get("balance/history?participant=ann")).Problem(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.Equal(HttpStatusCode.OK, (await Economy.Anonymous.Get("/health/live")).Status);

        await Economy.StartDatabase();
        await Eventually.Get(
            () => Economy.Anonymous.Get("/health/ready"), answer => answer.Status == HttpStatusCode.OK,
            "the API host is ready again");
        Assert.Equal("counted", await SendOne(source, stored, "ann", 1));
        Assert.Equal("counted", await SendOne(source, stored, "bob", 2));

        await Flood(source, stored);

        Assert.Equal(stored.Order(StringComparer.Ordinal), (await Uuids()).Order(StringComparer.Ordinal));
        (await Economy.Stk("verify")).Done();
    }

    // Far more at once than is let in: each is stored or told to come again, and what is stored is what was said to be.
    private async Task Flood(ApiClient source, List<string> stored)
    {
        var sent = Enumerable.Range(1_000, 400).Select(number => (Number: number, Event: Event($"flood-{number % 40}", number))).ToArray();
        var answers = await Task.WhenAll(sent.Select(one => source.Post("events", one.Event)));
        var refused = 0;
        foreach (var (one, answer) in sent.Zip(answers))
        {
            if (answer.Status == HttpStatusCode.OK)
            {
                stored.Add(Uuid(one.Number));
                continue;
            }

            answer.Problem(HttpStatusCode.ServiceUnavailable, "busy");
            Assert.Equal("1", answer.Headers["Retry-After"]);
            refused++;
        }

        Assert.InRange(refused, 1, sent.Length - 1);
        Assert.Equal(["0"], await Waiting());
        // Whoever comes again is let in now.
        Assert.Equal("counted", await SendOne(source, stored, "late", 2_000));
    }

    private async Task<string[]> Waiting()
    {
        var text = (await (await Economy.Operator()).Get("/metrics")).Text;
        return
        [
            .. text.Split('\n')
                .Where(
                    line =>
                        line.StartsWith("requests_waiting{", StringComparison.Ordinal)
                            || line.StartsWith("requests_running{", StringComparison.Ordinal))
                .Select(line => line[(line.LastIndexOf(' ') + 1)..]).Distinct(),
        ];
    }

    private static async Task<string> SendOne(ApiClient source, List<string> stored, string participant, int number)
    {
        var outcome = ApiClient.Outcomes(await source.Post("events", Event(participant, number))).Single();
        stored.Add(Uuid(number));
        return outcome;
    }

    private static object Event(string participant, int number) => new
    {
        uuid = Uuid(number),
        @event = "ExerciseSave",
        distinct_id = participant,
        timestamp = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        properties = new { },
    };

    private static string Uuid(int number) => new Guid(number, 0, 0, new byte[8]).ToString();

    private async Task<string[]> Uuids() => (await Economy.Psql("SELECT uuid FROM activity.events")).Split('\n');
}
