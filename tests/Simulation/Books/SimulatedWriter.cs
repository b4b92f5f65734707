using Microsoft.Extensions.Logging.Abstractions;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Ledger.Writer;
using Stk.Rules.Money;
using Stk.Rules.Time;
using Stk.Simulation.Histories;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;
using Stk.Storage;

namespace Stk.Simulation.Books;

/// <summary>A silo with the real group commit and the real commit of the ledger in it.</summary>
#pragma warning disable CA1001 // A process dies with all that is in it, or with its history: nothing is closed.
internal sealed class SimulatedWriter : IBatchStore<Transaction, PostResult>
#pragma warning restore CA1001
{
    /// <summary>Small, so that histories meet the bounds.</summary>
    private static readonly GroupCommitSettings Settings = new(
        "ledger", WeightMax: 24, WaitingMax: 12, WaitMax: TimeSpan.FromSeconds(4), RetryFor: TimeSpan.FromSeconds(3));

    private readonly Server _server;
    private readonly BookTables _tables;
    private readonly Mistake _mistake;
    private readonly LedgerCommit _commit;
    private readonly WriterMemory _memory = new();
    private readonly GroupCommit<Transaction, PostResult> _group;

    /// <param name="skewMs">How far its clock is ahead. Unit: milliseconds.</param>
    /// <param name="weightMax">Of one commit. Unit: postings.</param>
    public SimulatedWriter(
        Server server, BookTables tables, SeededScheduler scheduler, Meters meters, Mistake mistake, int skewMs,
        int weightMax)
    {
        _server = server;
        _tables = tables;
        _mistake = mistake;
        _commit = new(new Clock(scheduler.Time, skewMs), new Limit(scheduler.Time), Machines.Of(mistake));
        var isWrong = mistake is Mistake.SelectInsteadOfPostingAgain or Mistake.UnknownToldAsFailed
            or Mistake.FatalTakenForCutOff;
        IBatchStore<Transaction, PostResult> store = isWrong
            ? new WrongStore<Transaction, PostResult>(this, mistake, IsThere, Selected)
            : this;
        _group = new(Settings with { WeightMax = weightMax }, store, NullLogger.Instance, meters, scheduler.Time, scheduler);
    }

    public Silo Silo { get; } = new();

    public static Amount IssuedAtMost(TimeSpan sinceStart) => new(700 + (60 * (long)sinceStart.TotalSeconds));

    public Task<PostResult> Post(Transaction transaction, CommitPriority priority, CancellationToken cancellation) =>
        _group.Post(transaction, Math.Max(1, transaction.Postings.Length), priority, cancellation);

    public Task<BatchTry<PostResult>> Try(IReadOnlyList<Transaction> batch, int number, int cutOffs) =>
        BatchTry<PostResult>.Run(
            async () => new SimulatedBook(await Connection.Open(_server, Silo, cutOffs), _tables, _mistake, _memory),
            book => _commit.Run(book, batch, CancellationToken.None),
            batch.Count);

    public void Reconnect()
    {
        // Each try has a new connection.
    }

    private bool IsThere(Transaction transaction) => _tables.Find(transaction.Id) is not null;

    private PostResult.Repeated Selected(Transaction transaction) => _tables.Find(transaction.Id) is { } stored
        ? new PostResult.Repeated(new(stored.ContentHash, stored.Receipt, Refused: null))
        : throw new InvalidOperationException("selected a moment ago");

    private sealed class Clock(SimulatedTime time, int skewMs) : IClock
    {
        public DateTimeOffset Now => time.GetUtcNow().AddMilliseconds(skewMs);
    }

    private sealed class Limit(SimulatedTime time) : IIssuanceLimit
    {
        private readonly DateTimeOffset _start = time.GetUtcNow() - TimeSpan.FromTicks(time.GetTimestamp());

        public Amount At(DateTimeOffset instant) => IssuedAtMost(instant - _start);
    }
}
