using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Rules.Time;
using Stk.Storage;

namespace Stk.Ledger.Writer;

/// <summary>
/// The one way into the journal: gathers what is waiting, locks the head, reads what the batch concerns, lets the machine
/// decide, writes, commits.
/// </summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private readonly LedgerCommit _commit;
    private readonly ChainSigner _signer;
    private readonly ICommitLog? _log;
    private readonly ILogger<LedgerWriter> _logger;
    private readonly GroupCommit<Transaction, PostResult> _commits;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _postings;

    public LedgerWriter(
        WriterConnections connections, IClock clock, IIssuanceLimit issuance, IOptions<LedgerOptions> options,
        ChainSigner signer, ILogger<LedgerWriter> logger, IMeterFactory meters, ICommitLog? log = null,
        IEnumerable<ICommitListener>? listeners = null)
    {
        _signer = signer;
        _log = log;
        ICommitListener[] heard = [.. listeners ?? []];
        _commit = new(
            clock, issuance, (batch, before) => LedgerMachine.Apply(batch, before),
            changed => Array.ForEach(heard, listener => listener.Committed(changed)));
        _logger = logger;
        var meter = meters.Create("stk.ledger");
        _accepted = meter.CreateCounter<long>("transactions.accepted");
        _repeated = meter.CreateCounter<long>("transactions.repeated");
        _refused = meter.CreateCounter<long>("transactions.refused");
        _postings = meter.CreateCounter<long>("postings");
        foreach (var counter in (Counter<long>[])[_accepted, _repeated, _refused, _postings])
        {
            counter.Add(0);
        }

        var settings = options.Value;
        _commits = new(
            new(
                "ledger", settings.CommitPostingsMax, settings.WaitingMax,
                TimeSpan.FromMilliseconds(settings.WaitMaxMs), TimeSpan.FromMilliseconds(settings.RetryForMs)),
            connections, Commit, logger, meters);
    }

    public Task<PostResult> Post(Transaction transaction, PostPriority priority, CancellationToken cancellation) =>
        _commits.Post(
            transaction, Math.Max(1, transaction.Postings.Length),
            priority == PostPriority.Bulk ? CommitPriority.Bulk : CommitPriority.Interactive, cancellation);

    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private async Task<IReadOnlyList<PostResult>> Commit(
        CommitAttempt attempt, IReadOnlyList<Transaction> batch, CancellationToken cancellation)
    {
        var log = batch.Any(transaction => transaction.Effects.Any(IsLogged)) ? _log : null;
        var results = await _commit.Run(new PostgresBook(attempt, _signer, log), batch, cancellation);
        Count(batch, results);
        return results;
    }

    private bool IsLogged(IEffect effect) => _log?.Holds(effect) == true;

    private void Count(IReadOnlyList<Transaction> batch, IReadOnlyList<PostResult> results)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var kind = new KeyValuePair<string, object?>("kind", batch[i].Kind.ToString());
            switch (results[i])
            {
                case PostResult.Accepted { Committed.Lines: var lines }:
                    _accepted.Add(1, kind);
                    _postings.Add(lines.Length);
                    break;
                case PostResult.Repeated:
                    _repeated.Add(1, kind);
                    break;
                case PostResult.Refused { Reason: var reason }:
                    _refused.Add(1, kind, new("reason", reason.ToString()));
                    if (reason == Refusal.BeyondSchedule)
                    {
                        Log.BeyondSchedule(_logger, batch[i].Id, batch[i].Kind);
                    }

                    break;
            }
        }
    }
}
