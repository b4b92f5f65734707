using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;

namespace Stk.Torture.Workloads;

/// <summary>
/// What is spent, over REST: each order is sent until it is answered for certain, some in two copies at once, and some of
/// those that were answered once more.
/// </summary>
internal sealed class Market(RestApi api, Tokens tokens, OperationLog log, int seed)
{
    public const string FirstOperator = "torture-a";
    public const string SecondOperator = "torture-b";

    private const int Customers = 2;

    /// <summary>Of their random numbers: the bank's tellers begin at the seed, and ids are drawn from them.</summary>
    private const int FarFromOthers = 1_000;

    private const int Remembered = 60;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentQueue<SpendingRecord> _records = new();
    private long _sentAgain;
    private long _unanswered;

    public IReadOnlyList<SpendingRecord> Records => [.. _records];

    /// <summary>Orders that were sent once more after their answer.</summary>
    public long SentAgain => Interlocked.Read(ref _sentAgain);

    /// <summary>Sendings that got no answer, or one that promises nothing.</summary>
    public long Unanswered => Interlocked.Read(ref _unanswered);

    public async Task Run(CancellationToken stop)
    {
        foreach (var (service, role, seller) in SpendingOrders.Sellers)
        {
            while (!stop.IsCancellationRequested && !await Staff(service, role, seller))
            {
                await Pause(200, stop);
            }
        }

        await Task.WhenAll(
            Enumerable.Range(0, Customers).Select(customer => Serve(new Random(seed + FarFromOthers + customer), stop)));
    }

    /// <summary>Sends an order once, and takes what is answered for certain.</summary>
    public async Task Send(SpendingRecord record)
    {
        var order = record.Order;
        var isRepeat = record.Answer is not null;
        var number = log.Sent("spending", new { order.Id, act = order.Act.ToString(), order.By, order.Path, order.Key, order.Body });
        var answer = await api.Write(
            HttpMethod.Post, order.Path, tokens.Of(order.Role, order.By), order.Act == SpendingAct.Use ? null : order.Key,
            order.Body);
        log.Answered(number, new { status = (int?)answer?.Status, answer?.IsReplay, answer?.Text });
        if (SpendingAnswer.Of(answer, isRepeat) is { } final)
        {
            record.Take(final);
        }
        else
        {
            Interlocked.Increment(ref _unanswered);
        }
    }

    // Two of the source's services have a seller; the mentor is the buyer's choice.
    private async Task<bool> Staff(string service, string role, string seller)
    {
        if (await api.Get($"services/{service}") is not { } now)
        {
            return false;
        }

        var body = new
        {
            name = now["name"],
            description = now["description"],
            price = now["price"],
            split = now["split"],
            term = now["term"],
            recipients = new JsonObject { [role] = seller },
        };
        var answer = await api.Write(
            HttpMethod.Put, $"admin/services/{service}", tokens.Of("operator", FirstOperator), $"staff-{service}",
            JsonSerializer.Serialize(body, Readable));
        return answer is { IsSuccess: true };
    }

    private async Task Serve(Random random, CancellationToken stop)
    {
        var orders = new SpendingOrders(random);
        var past = new List<SpendingRecord>();
        while (!stop.IsCancellationRequested)
        {
            if (past.Count > 0 && random.Next(8) == 0)
            {
                Interlocked.Increment(ref _sentAgain);
                await Send(past[^random.Next(1, Math.Min(past.Count, Remembered) + 1)]);
            }
            else
            {
                var record = new SpendingRecord(orders.Next());
                _records.Enqueue(record);
                await Settle(record, copies: random.Next(10) == 0 ? 2 : 1, stop);
                orders.Take(record);
                if (record.IsKept)
                {
                    past.Add(record);
                }
            }

            await Pause(random.Next(10, 50), stop);
        }
    }

    private async Task Settle(SpendingRecord record, int copies, CancellationToken stop)
    {
        while (true)
        {
            await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => Send(record)));
            if (record.Answer is not null || stop.IsCancellationRequested)
            {
                return;
            }

            await Pause(200, stop);
        }
    }

    private static Task Pause(int milliseconds, CancellationToken stop) =>
        Task.Delay(milliseconds, stop).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
