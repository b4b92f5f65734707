using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.RuleBooks;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;

namespace Stk.ApiHost.Activity;

/// <summary>Hands the events of a request to their participants and collects the answers.</summary>
internal sealed class EventIntake
{
    private static readonly EventAnswer Failed = new(
        EventOutcome.Rejected, "$", "failed on our side; sent again later it is a duplicate where it was stored");

    private readonly GrainCalls _calls;
    private readonly RuleBookCache _books;
    private readonly GenesisCache _genesis;
    private readonly int _concurrency;
    private readonly Counter<long> _events;
    private readonly ILogger<EventIntake> _log;

    public EventIntake(
        GrainCalls calls, RuleBookCache books, GenesisCache genesis, IOptions<EventIntakeOptions> options,
        IMeterFactory meters, ILogger<EventIntake> log)
    {
        _log = log;
        _calls = calls;
        _books = books;
        _genesis = genesis;
        _concurrency = options.Value.Concurrency;
        _events = meters.Create("stk.intake").CreateCounter<long>(
            "events", unit: "{event}", description: "Events answered, by outcome");
    }

    /// <summary>
    /// Records a request's events. Where one participant's call gets no answer the others may have committed: the client
    /// sends the same body again, and what was stored is a duplicate then.
    /// </summary>
    /// <param name="source">The ingest token's subject.</param>
    /// <param name="read">Reads the request's events.</param>
    /// <exception cref="OutcomeUnknownException">A participant did not answer until the deadline.</exception>
    public async Task<EventBatch> Record(
        string source, Func<RuleBookHistory, EventBatch> read, CancellationToken cancellation)
    {
        var batch = read(await _books.Get(cancellation));
        if (!_genesis.IsSet)
        {
            await _genesis.Ensure(batch.Candidates, cancellation);
        }

        // Each share has places of its own in the batch: they are filled side by side.
        var faults = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(
            batch.Shares,
            new ParallelOptions { MaxDegreeOfParallelism = _concurrency, CancellationToken = cancellation },
            async (share, token) =>
            {
                try
                {
                    batch.Put(share, await Record(source, share, token));
                }
                catch (Exception fault) when (!ProblemAnswers.IsForAll(fault))
                {
                    // A fault that this share meets each time: the others of the body do not wait for its repair.
                    Log.ShareFailed(_log, fault, share.Events.Count);
                    batch.Put(share, [.. share.Events.Select(_ => Failed)]);
                    faults.Enqueue(fault);
                }
            });
        if (!faults.IsEmpty && faults.Count == batch.Shares.Count)
        {
            // Nothing tells a fault of these from one of us all: it is asked again.
            throw new InvalidOperationException("no participant of a request could record its events", faults.First());
        }

        Count(batch);
        return batch;
    }

    private Task<ImmutableArray<EventAnswer>> Record(
        string source, EventBatch.Share share, CancellationToken cancellation)
    {
        var request = new RecordRequest(
            source, [.. share.Events], share.Payloads.Count > 0 ? [.. share.Payloads] : null);
        return _calls.Write(
            (grains, attempt) => grains.GetGrain<IEarnerGrain>(share.Participant).Record(request, attempt),
            cancellation);
    }

    private void Count(EventBatch batch)
    {
        foreach (var outcome in Enumerable.Range(0, batch.Length).GroupBy(place => batch.Answer(place).Outcome))
        {
            _events.Add(outcome.Count(), new KeyValuePair<string, object?>("outcome", outcome.Key.WireName()));
        }
    }
}
