using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Stk.Rules.Causes;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;
using Stk.Torture.Hosts;

namespace Stk.Torture.Workloads;

/// <summary>
/// Those who do nothing, in the moment of a quarter's run: they appeal, an operator decides, some are on leave, some come
/// back; and operators decide about frozen rewards beside the days' runs.
/// </summary>
internal sealed class Quarters(RestApi api, Tokens tokens, WeekCalendar calendar, int seed)
{
    /// <summary>Of their random numbers: others begin at the seed.</summary>
    private const int FarFromOthers = 2_000;

    private readonly ConcurrentQueue<Guid> _sent = new();
    private int _done;

    /// <summary>Under which the product keeps what was sent, whatever has become of it.</summary>
    public IReadOnlyCollection<Guid> Sent => _sent;

    /// <summary>Appeals, leaves and decisions that were taken.</summary>
    public int Done => Volatile.Read(ref _done);

    public async Task Run(CancellationToken stop)
    {
        var random = new Random(seed + FarFromOthers);
        while (!stop.IsCancellationRequested)
        {
            await (random.Next(8) switch
            {
                < 3 => Appeal(random),
                < 6 => DecideAppeal(random),
                6 => DecideGrant(random),
                _ => Leave(random),
            });
            await Task.Delay(random.Next(50, 250), stop).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string Sleeper(Random random) => Crowd.SleeperNames[random.Next(Crowd.Sleepers)];

    // Of the quarter whose run comes next or has just been; too early and too late too, which is refused.
    private Task Appeal(Random random)
    {
        var quarter = QuarterId.Of(DateOnly.FromDateTime(calendar.Now.UtcDateTime));
        quarter = calendar.Now < InactivityTimetable.RunsAt(quarter).AddDays(30) ? quarter : quarter.Next;
        var who = Sleeper(random);
        return Write(
            random, HttpMethod.Post, $"redistribution/{quarter}/appeal", ("participant", who),
            new JsonObject { ["text"] = "I was ill" });
    }

    private async Task DecideAppeal(Random random)
    {
        if (await api.Get("admin/appeals?state=open&limit=20") is { } page && page["items"] is JsonArray { Count: > 0 } open)
        {
            await Write(
                random, HttpMethod.Post, $"admin/appeals/{Picked(random, open)}/decision",
                ("operator", Market.FirstOperator),
                new JsonObject { ["accepted"] = random.Next(2) == 0, ["reason"] = "looked at" });
        }
    }

    private async Task DecideGrant(Random random)
    {
        var state = random.Next(2) == 0 ? "waiting" : "frozen";
        if (await api.Get($"admin/vesting?state={state}&limit=20") is { } page
            && page["items"] is JsonArray { Count: > 0 } grants)
        {
            await Write(
                random, HttpMethod.Post, $"admin/vesting/{Picked(random, grants)}/decision",
                ("operator", Market.SecondOperator),
                new JsonObject { ["verdict"] = random.Next(3) == 0 ? "cancel" : "release", ["reason"] = "looked at" });
        }
    }

    private Task Leave(Random random) => Write(
        random, HttpMethod.Put, $"admin/participants?id={Sleeper(random)}", ("operator", Market.FirstOperator),
        new JsonObject
        {
            ["leaveFrom"] = Text($"{calendar.Now.AddDays(random.Next(-60, 60)):yyyy-MM-dd}"),
            ["leaveTo"] = Text($"{calendar.Now.AddDays(random.Next(60, 90)):yyyy-MM-dd}"),
            ["reason"] = "ill",
        });

    private static string Picked(Random random, JsonArray items) =>
        items[random.Next(items.Count)]!["id"]!.GetValue<string>();

    // Under one key until it is answered, once or twice: whatever the answer is, it is no half of one.
    private async Task Write(
        Random random, HttpMethod method, string path, (string Role, string Subject) by, JsonObject body)
    {
        var key = Text($"q-{random.NextInt64()}");
        _sent.Enqueue(CauseId.Of("request", by.Subject, $"{method} /{path}", key));
        for (var tries = random.Next(1, 3); tries > 0; tries--)
        {
            var token = tokens.Of(by.Role, by.Subject);
            if (await api.Write(method, path, token, key, body.ToJsonString()) is { IsSuccess: true })
            {
                Interlocked.Increment(ref _done);
            }
        }
    }
}
