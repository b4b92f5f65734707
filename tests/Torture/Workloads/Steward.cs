using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using Stk.Torture.Checks;
using Stk.Torture.Hosts;

namespace Stk.Torture.Workloads;

/// <summary>
/// An operator who reads the schedule, skips some of what comes, and has the ledger audited: a night is put back, as after a
/// downtime, because by the host's clock none would come. Each word is sent until it is answered, some in two copies.
/// </summary>
internal sealed class Steward(RestApi api, Tokens tokens, NpgsqlDataSource database, int seed)
{
    /// <summary>Of their random numbers: others begin at the seed.</summary>
    private const int FarFromOthers = 4_000;

    private const int PauseMs = 500;

    private static readonly DateOnly FirstNight = new(1990, 1, 1);

    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentDictionary<(string Kind, string Subject), bool> _said = new();
    private int _nights;

    public async Task Run(CancellationToken stop)
    {
        var random = new Random(seed + FarFromOthers);
        while (!stop.IsCancellationRequested)
        {
            await (random.Next(4) == 0 ? Audit(stop) : Skip(random, stop));
            await Pause(PauseMs, stop);
        }
    }

    /// <summary>I21 and I39 hold the tables against each other; this holds them against what was told.</summary>
    public async Task<CheckResult> Check()
    {
        var skipped = (await database.Read(
            "SELECT kind, subject FROM schedule.skips",
            row => (Kind: row.GetString(0), Subject: row.GetString(1)))).ToHashSet();
        var problems = _problems.ToList();
        problems.AddRange(_said.Where(said => said.Value != skipped.Contains(said.Key)).Select(
            said => $"{said.Key.Kind} {said.Key.Subject}: told {(said.Value ? "skipped" : "refused")}, and it is not so"));
        problems.AddRange(skipped.Except(_said.Keys).Select(one => $"{one.Kind} {one.Subject} is skipped and nobody was told"));
        problems.AddRange(await database.Problems(
            "SELECT format('the audit of %s has found: %s', day, fault) FROM schedule.audits WHERE fault IS NOT NULL"));
        return new(
            "each skip that was acknowledged is there once, each refused one is not, and no audit has found a fault", problems,
            _said.Count + await database.Count("SELECT count(*) FROM schedule.audits"));
    }

    private async Task Skip(Random random, CancellationToken stop)
    {
        if (random.Next(4) > 0 || (await api.Get("admin/schedule?limit=3"))?["coming"] is not JsonArray coming)
        {
            return;
        }

        // A quarter's warnings and run are what others are here for.
        var skippable = coming.Where(item => Said(item!, "kind") is "week.notify" or "renewals").ToList();
        if (skippable.Count == 0)
        {
            return;
        }

        var item = skippable[random.Next(skippable.Count)]!;
        var (kind, subject) = (Said(item, "kind"), Said(item, "subject"));
        var key = string.Create(CultureInfo.InvariantCulture, $"w-{random.NextInt64()}");
        var body = new JsonObject { ["kind"] = kind, ["subject"] = subject, ["reason"] = "at rest" }.ToJsonString();
        // Without an end: what has no answer may be done.
        while (true)
        {
            var copies = await Task.WhenAll(
                Enumerable.Range(0, random.Next(1, 3)).Select(_ => Write("admin/schedule/skip", key, body)));
            foreach (var answer in copies.OfType<bool>())
            {
                // What was skipped before by another key is refused, and skipped all the same.
                _said.AddOrUpdate((kind, subject), answer, (_, before) => before || answer);
            }

            if (copies.Any(answer => answer is not null))
            {
                return;
            }

            await Pause(PauseMs, stop);
            if (stop.IsCancellationRequested)
            {
                // The cluster is healed by then: each try has its answer within the host's own deadline.
                stop = CancellationToken.None;
            }
        }
    }

    private async Task Audit(CancellationToken stop)
    {
        var night = FirstNight.AddDays(++_nights).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        try
        {
            await using var command = database.CreateCommand("""
                UPDATE schedule.work SET subject = $1, due = $1::date WHERE kind = 'audit' AND state = 6
                """);
            command.Parameters.Add(new() { Value = night });
            if (await command.ExecuteNonQueryAsync(stop) == 0)
            {
                return;
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            return;
        }

        var body = new JsonObject { ["kind"] = "audit", ["subject"] = night }.ToJsonString();
        await Write("admin/schedule/run", $"w-{night}", body);
    }

    // True where it is done, false where it is refused, null where that is not known.
    private async Task<bool?> Write(string path, string key, string body)
    {
        var answer = await api.Write(HttpMethod.Post, path, tokens.Of("operator", Market.FirstOperator), key, body);
        if (answer is null or { Status: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError })
        {
            return null;
        }

        if (answer is { IsSuccess: false, Status: not HttpStatusCode.Conflict })
        {
            _problems.Enqueue($"{path} {body} was answered {(int)answer.Status}: {answer.Text}");
        }

        return answer.IsSuccess;
    }

    private static string Said(JsonNode view, string member) => view[member]!.GetValue<string>();

    private static Task Pause(int milliseconds, CancellationToken stop) => Task.Delay(milliseconds, stop).ContinueWith(
        static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
