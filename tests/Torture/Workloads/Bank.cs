using System.Collections.Concurrent;
using Stk.GrainInterfaces.Faults;
using Stk.Grains.Torture;
using Stk.Rules.Money;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;

namespace Stk.Torture.Workloads;

/// <summary>
/// Transfers among the participants, straight to the ledger: new ones, the same again, the same id with other content,
/// more than there is.
/// </summary>
internal sealed class Bank(GrainClient client, OperationLog log, IReadOnlyList<long> participants, int seed)
{
    private const int Tellers = 3;

    /// <summary>More than was ever emitted.</summary>
    private static readonly Amount Overdraft = Amount.OfStk(2_000_000_000);

    private readonly ConcurrentQueue<TransferRecord> _records = new();
    private long _answered;

    public IReadOnlyList<TransferRecord> Records => [.. _records];

    /// <summary>Sendings that were answered for certain.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    public Task Run(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Tellers).Select(teller => Serve(new Random(seed + teller), stop)));

    /// <summary>Sends an order once, and writes down what it was told.</summary>
    public async Task<TransferRecord> Send(TransferOrder order)
    {
        var record = new TransferRecord(order);
        _records.Enqueue(record);
        var number = log.Sent("transfer", new { order.Id, order.From, order.To, micro = order.Amount.Micro });
        try
        {
            // The key only chooses a gateway: many keys, so that a silo that comes back is chosen too.
            var answer = await client.Grains.GetGrain<ITortureGrain>(order.Id.GetHashCode() & 0xFFF).Post(order);
            record.Take(answer);
            Interlocked.Increment(ref _answered);
            log.Answered(number, new { refusal = answer.Refusal?.ToString(), answer.Sequence, answer.IsRepeat });
        }
        catch (Exception exception) when (exception is ClusterBusyException or DatabaseUnavailableException)
        {
            record.TakeNotDone();
            log.Answered(number, new { notDone = exception.Message });
        }
        catch (Exception exception)
        {
            log.Answered(number, new { unknown = $"{exception.GetType().Name}: {exception.Message}" });
        }

        return record;
    }

    private async Task Serve(Random random, CancellationToken stop)
    {
        var past = new List<TransferOrder>();
        while (!stop.IsCancellationRequested)
        {
            var order = Next(random, past);
            past.Add(order);
            var record = await Send(order);
            // A cluster that is away is not hammered.
            await Pause(record.Told is Told.Unknown or Told.NotDone ? 200 : random.Next(10, 40), stop);
        }
    }

    private TransferOrder Next(Random random, List<TransferOrder> past)
    {
        var roll = past.Count == 0 ? 0 : random.Next(100);
        return roll switch
        {
            < 60 => New(random, new Amount(random.NextInt64(1, 5 * Amount.MicroPerStk))),
            < 75 => New(random, Overdraft),
            // Mostly a recent one: what was just lost on the way is asked for again.
            < 90 => Past(random, past),
            _ => Past(random, past) with { Amount = new Amount(random.NextInt64(1, Amount.MicroPerStk)) },
        };
    }

    private static TransferOrder Past(Random random, List<TransferOrder> past) =>
        past[^random.Next(1, Math.Min(past.Count, 20) + 1)];

    private TransferOrder New(Random random, Amount amount)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        var from = random.Next(participants.Count);
        var to = (from + random.Next(1, participants.Count)) % participants.Count;
        return new(new Guid(bytes), participants[from], participants[to], amount);
    }

    private static Task Pause(int milliseconds, CancellationToken stop) =>
        Task.Delay(milliseconds, stop).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
