using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Stk.Rules.Causes;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;

namespace Stk.Torture.Workloads;

/// <summary>
/// Two operators who take out what the crowd has sent in some hour, as if it had never been sent, and let some of it count
/// again, beside the seals. Each word is sent until it is answered, some in two copies.
/// </summary>
internal sealed class Voider(RestApi api, Tokens tokens, WeekCalendar calendar, int seed)
{
    /// <summary>Of their random numbers: others begin at the seed.</summary>
    private const int FarFromOthers = 5_000;

    private const string Source = "admin/sources/" + Crowd.Source;

    private static readonly string[] Types = ["SectionCompleted", "ClubLikeGiven", "SectionCompletedRetracted"];

    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<Guid> _sent = new();
    private readonly ConcurrentDictionary<Guid, bool> _isLifted = new();

    /// <summary>Under which the product keeps what was sent, whatever has become of it.</summary>
    public IReadOnlyCollection<Guid> Sent => [.. _sent];

    public async Task Run(CancellationToken stop)
    {
        var random = new Random(seed + FarFromOthers);
        while (!stop.IsCancellationRequested)
        {
            if (await Take(random, stop) is { } taken && random.Next(2) == 0)
            {
                await Pause(random.Next(100, 3_000), stop);
                if (await Do($"{Source}/voids/{taken}/lift", new() { ["reason"] = "they were right" }, random, stop) is not null)
                {
                    _isLifted[taken] = true;
                }
            }

            await Pause(random.Next(500, 2_000), stop);
        }
    }

    /// <summary>I9 and I46 hold the rows against the seals and the log; this holds them against what was told.</summary>
    public async Task<CheckResult> Check(NpgsqlDataSource database)
    {
        var stored = await database.Read(
            """
            SELECT void.id, lift.void IS NOT NULL FROM sources.voids void
            LEFT JOIN sources.void_lifts lift ON lift.void = void.id
            """,
            row => (Id: row.GetGuid(0), IsLifted: row.GetBoolean(1)));
        var problems = _problems.ToList();
        problems.AddRange(_isLifted.Where(told => !stored.Contains((told.Key, told.Value))).Select(
            told => $"{told.Key}: told {(told.Value ? "lifted" : "void")}, and it is not so"));
        problems.AddRange(stored.Select(row => row.Id).Except(_isLifted.Keys).Select(id => $"{id} is void and nobody was told"));
        return new("what two operators have taken out is there once, and what they have let in again", problems, _isLifted.Count);
    }

    private async Task<Guid?> Take(Random random, CancellationToken stop)
    {
        var from = calendar.Now.AddHours(-random.Next(0, 24));
        var body = new JsonObject
        {
            ["receivedFrom"] = from.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["receivedTo"] = from.AddHours(1).UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["types"] = new JsonArray(Types[random.Next(Types.Length)]),
            ["reason"] = "a stolen key",
        };
        var taken = await Do($"{Source}/void", body, random, stop);
        if (taken is { } id)
        {
            _isLifted[id] = false;
        }

        return taken;
    }

    // Asked by one, approved by the other; null where one of them was refused.
    private async Task<Guid?> Do(string path, JsonObject body, Random random, CancellationToken stop)
    {
        if (await Answer(Market.FirstOperator, path, body, random, stop) is not { } asked)
        {
            return null;
        }

        var id = JsonNode.Parse(asked)!["id"]!.GetValue<Guid>();
        var approved = await Answer(
            Market.SecondOperator, $"admin/approvals/{id}/approve", new() { ["reason"] = "looked at" }, random, stop);
        return approved is null ? null : id;
    }

    // Without an end: what has no answer may be done.
    private async Task<string?> Answer(
        string subject, string path, JsonObject body, Random random, CancellationToken stop)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"v-{random.NextInt64()}");
        _sent.Enqueue(CauseId.Of("request", subject, $"POST /{path}", key));
        while (true)
        {
            var copies = await Task.WhenAll(Enumerable.Range(0, random.Next(1, 3)).Select(
                _ => api.Write(HttpMethod.Post, path, tokens.Of("operator", subject), key, body.ToJsonString())));
            foreach (var answer in copies.OfType<Operations.RestAnswer>())
            {
                if (answer.IsSuccess)
                {
                    return answer.Text;
                }

                if (answer.Status is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    _problems.Enqueue($"{path} was answered {(int)answer.Status}: {answer.Text}");
                    return null;
                }
            }

            await Pause(200, stop);
            // The cluster is healed by then: each try has its answer within the host's own deadline.
            stop = stop.IsCancellationRequested ? CancellationToken.None : stop;
        }
    }

    private static Task Pause(int milliseconds, CancellationToken stop) => Task.Delay(milliseconds, stop).ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
