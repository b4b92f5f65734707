using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;

namespace Stk.Torture.Workloads;

/// <summary>
/// What people do, sent over REST: events of the week that is open and of the one being sealed, some of them twice, some of
/// them taken back; and what is said of those whose reward is frozen, in time and too late.
/// </summary>
internal sealed class Crowd(RestApi api, OperationLog log, WeekCalendar calendar, int seed)
{
    public const int People = 50;

    /// <summary>Active once, and then never again: quarter after quarter something is to be taken from them.</summary>
    public const int Sleepers = 12;

    /// <summary>The ingest token's subject.</summary>
    public const string Source = "torture";

    private const int Senders = 2;
    private const int BatchMax = 12;

    /// <summary>Some with low day limits; those that vest.</summary>
    private static readonly string[] Types =
    [
        "SectionCompleted", "ExerciseSave", "ClubPostCreated", "ClubLikeGiven", "PeerReviewCompleted", "PeerReviewCompleted",
        "ProjectMilestoneCompleted", "MentoringSessionCompleted", "ReferralActivated",
    ];

    private readonly ConcurrentQueue<EventRecord> _records = new();
    private long _answered;

    public static IEnumerable<string> Names => Enumerable.Range(0, People).Select(Name);

    public static IReadOnlyList<string> SleeperNames { get; } =
        [.. Enumerable.Range(0, Sleepers).Select(number => string.Create(CultureInfo.InvariantCulture, $"sleeper-{number:00}"))];

    public IReadOnlyList<EventRecord> Records => [.. _records];

    public long Answered => Interlocked.Read(ref _answered);

    public Task Run(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Go(new Random(seed + sender), stop)));

    /// <summary>One event of everybody, so that each is registered, paid, and has a number.</summary>
    public async Task Begin()
    {
        var batch = Names.Concat(SleeperNames).Select(name => Record(new EventRecord(
            Guid.NewGuid(), "SectionCompleted", name, calendar.Now.AddMinutes(-1), null))).ToList();
        while (!await Send(batch))
        {
            await Task.Delay(200);
        }
    }

    /// <summary>Sends events once; false where no answer came.</summary>
    public async Task<bool> Send(IReadOnlyList<EventRecord> batch)
    {
        var number = log.Sent("events", batch.Select(one => new { one.Uuid, one.Type, one.Participant, one.At, one.Retracts }));
        var answers = await api.Send(new JsonArray([.. batch.Select(one => one.ToJson())]));
        if (answers is null)
        {
            log.Answered(number, new { unknown = "no answer" });
            return false;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Take(answers[i].Outcome);
        }

        Interlocked.Increment(ref _answered);
        log.Answered(number, new { outcomes = answers.Select(answer => answer.Outcome) });
        return true;
    }

    private static string Name(int person) => string.Create(CultureInfo.InvariantCulture, $"person-{person:00}");

    private async Task Go(Random random, CancellationToken stop)
    {
        var past = new List<EventRecord>();
        while (!stop.IsCancellationRequested)
        {
            var batch = Next(random, past);
            if (!await Send(batch) && random.Next(2) == 0)
            {
                // Sent again at once by half; the others are left unknown until the end.
                await Task.Delay(100, CancellationToken.None);
                await Send(batch);
            }

            await Task.Delay(random.Next(20, 80), CancellationToken.None);
        }
    }

    private List<EventRecord> Next(Random random, List<EventRecord> past)
    {
        var batch = new List<EventRecord>();
        for (var count = random.Next(1, BatchMax + 1); count > 0; count--)
        {
            if (past.Count > 0 && random.Next(10) == 0)
            {
                batch.Add(past[^random.Next(1, Math.Min(past.Count, 60) + 1)]);
                continue;
            }

            var one = (past.Count == 0 ? 20 : random.Next(20)) switch
            {
                0 => Retraction(random, past[^random.Next(1, Math.Min(past.Count, 60) + 1)]),
                // Of weeks ago: some of it meets the day's run that decides.
                < 5 => Evidence(random, past[random.Next(past.Count)]),
                _ => New(random),
            };
            past.Add(Record(one));
            batch.Add(one);
        }

        // A repeat inside one request would be a duplicate of itself.
        return [.. batch.DistinctBy(one => one.Uuid)];
    }

    private EventRecord New(Random random)
    {
        var type = Types[random.Next(Types.Length)];
        return new(
            Id(random), type, Name(random.Next(People)), calendar.Moment(random), null,
            type == "ReferralActivated" ? new() { ["referred"] = Name(random.Next(People)) } : null);
    }

    private EventRecord Evidence(Random random, EventRecord target) => target.Type switch
    {
        "PeerReviewCompleted" => Said(random, target, "PeerReviewWithdrawn", []),
        "ProjectMilestoneCompleted" =>
            Said(random, target, "ProjectValidated", new() { ["approved"] = random.Next(4) > 0 }),
        "MentoringSessionCompleted" =>
            Said(random, target, "MentoringRated", new() { ["rating"] = random.Next(1, 6) }),
        _ => New(random),
    };

    private EventRecord Said(Random random, EventRecord target, string type, JsonObject properties)
    {
        properties["for"] = target.Uuid;
        return new(Id(random), type, target.Participant, calendar.Moment(random), null, properties);
    }

    private EventRecord Retraction(Random random, EventRecord target) => target.Retracts is null
        ? new(Id(random), $"{target.Type}Retracted", target.Participant, calendar.Moment(random), target.Uuid)
        : New(random);

    private EventRecord Record(EventRecord one)
    {
        _records.Enqueue(one);
        return one;
    }

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }
}
