using Npgsql;
using Stk.Ledger.Machine;
using Stk.Simulation.Histories;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;
using Stk.Simulation.Steps;
using Stk.Storage;

namespace Stk.Simulation.Books;

/// <summary>Silos that post to one book, and what those know who asked them.</summary>
internal sealed class LedgerClients
{
    private readonly Server _server;
    private readonly BookTables _tables;
    private readonly SeededScheduler _scheduler;
    private readonly Meters _meters;
    private readonly Mistake _mistake;
    private readonly Tally _tally;
    private readonly SimulatedWriter[] _writers = new SimulatedWriter[LedgerPlan.Writers];
    private readonly int[] _skewsMs;
    private readonly int _weightMax;
    private readonly List<Sending> _log = [];

    public LedgerClients(
        Server server, BookTables tables, SeededScheduler scheduler, Meters meters, Mistake mistake, Dice dice, Tally tally)
    {
        (_server, _tables, _scheduler, _meters, _mistake, _tally) = (server, tables, scheduler, meters, mistake, tally);
        _skewsMs = [.. _writers.Select(_ => dice.Next(2) * dice.Next(3_000))];
        _weightMax = dice.Chance(4) ? 1 : 24;
        for (var i = 0; i < _writers.Length; i++)
        {
            _writers[i] = NewWriter(i);
        }
    }

    /// <summary>In the order in which it was sent.</summary>
    public IReadOnlyList<Sending> Log => _log;

    public Silo SiloOf(int writer) => _writers[writer].Silo;

    /// <summary>The process dies, and another takes its place.</summary>
    public void Crash(int writer)
    {
        _tally.Add("crashes");
        _writers[writer].Silo.Kill();
        _writers[writer] = NewWriter(writer);
    }

    public async Task<Sending> Send(
        int writer, Transaction transaction, CommitPriority priority, CancellationToken cancellation)
    {
        var (group, silo) = (_writers[writer], _writers[writer].Silo);
        var sending = new Sending(transaction, _scheduler.Steps);
        _log.Add(sending);
        var post = group.Post(transaction, priority, cancellation);
        if (!await silo.Answers(post))
        {
            return sending;
        }

        try
        {
            sending.Answered(await post, _scheduler.Steps);
        }
        catch (OperationCanceledException)
        {
            _tally.Add("canceled");
            sending.Failed(Answer.NothingDone, _scheduler.Steps);
        }
        catch (BusyException)
        {
            _tally.Add("busy");
            sending.Failed(Answer.NothingDone, _scheduler.Steps);
        }
        catch (StorageUnavailableException)
        {
            _tally.Add("unavailable");
            sending.Failed(Answer.NothingDone, _scheduler.Steps);
        }
        catch (OutcomeUnknownException)
        {
            sending.Failed(Answer.Unknown, _scheduler.Steps);
        }
        catch (PostgresException conflict) when (conflict.SqlState == ServerErrors.NoLongerSoState)
        {
            sending.Failed(Answer.Conflict, _scheduler.Steps);
        }
        catch (Exception exception)
        {
            sending.Failed(Answer.Fault, _scheduler.Steps, exception.Message);
        }

        return sending;
    }

    /// <summary>Until it is posted, whoever dies meanwhile.</summary>
    public async Task PostSurely(int writer, Transaction transaction)
    {
        while ((await Send(writer, transaction, CommitPriority.Bulk, CancellationToken.None)).Answer != Answer.Accepted)
        {
            await _scheduler.Time.Wait(200);
        }
    }

    /// <summary>What became of the whole history, into the tally.</summary>
    public void Count()
    {
        _tally.Add("steps", _scheduler.Steps);
        _tally.Add("transactions", _tables.Transactions.Count);
        foreach (var sending in _log)
        {
            _tally.Add($"answered {sending.Answer}");
        }
    }

    private SimulatedWriter NewWriter(int number) =>
        new(_server, _tables, _scheduler, _meters, _mistake, _skewsMs[number], _weightMax);
}
