using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Settlement.Machine;

namespace Stk.Grains.Payouts;

/// <summary>
/// Follows one act: tells the machine what was seen, one thing after the other, stores what it says, and only then has its
/// orders carried out. One an act and activation; all of it runs in the actor's turns.
/// </summary>
/// <param name="termsOf">By what an act is judged now.</param>
/// <param name="leave">Called where nothing more may be written: another activation reads the rows again.</param>
internal sealed class ActFollower(
    FollowedAct followed, ActTable acts, ChainOrders chain, LedgerOrders ledger, Func<ChainAct, MachineTerms> termsOf,
    Action<Exception> leave, SettlementMetrics metrics, TimeProvider time, ILogger log, CancellationToken ending)
{
    private readonly Queue<Seen> _seen = new();
    private FollowedAct _followed = followed;
    private bool _isBusy;
    private bool _isOver;

    public ChainAct Act => _followed.Act;

    /// <summary>Whether the ledger has what came of it.</summary>
    public bool IsClosed => _followed.Act.IsClosed;

    /// <summary>Wakes the machine where something is due.</summary>
    public void WakeIfDue()
    {
        if (!_isBusy && _followed.DueAt(termsOf(Act)) <= time.GetUtcNow())
        {
            Tell(new Seen.Woken());
        }
    }

    /// <summary>Has the machine take something that was seen, after what was seen before it.</summary>
    public void Tell(Seen seen)
    {
        _seen.Enqueue(seen);
        if (!_isBusy)
        {
            Run().Ignore();
        }
    }

    private async Task Run()
    {
        _isBusy = true;
        try
        {
            while (!_isOver && !ending.IsCancellationRequested && _seen.TryDequeue(out var seen))
            {
                await Take(seen);
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task Take(Seen seen)
    {
        var now = time.GetUtcNow();
        var step = SettlementMachine.Next(_followed, seen, now, termsOf(Act));
        if (!await Store(step, now))
        {
            return;
        }

        var before = Act;
        _followed = step.After;
        if (Act.State != before.State)
        {
            Log.ActMoved(log, Act.Id, Act.Plan.Kind, before.State, Act.State, Act.Version);
        }

        if (Act.Last is { Outcome: { } outcome } last && before.Last is { Outcome: null })
        {
            metrics.Ended(Act.Plan.Kind, outcome, now - last.SentAt);
        }

        foreach (var order in step.Orders)
        {
            Carry(Act, order).Ignore();
        }
    }

    // Where it is not known to be stored the step has not happened, and whoever comes next reads the row. What operators are
    // told of their word is in the same commit.
    private async Task<bool> Store(Step step, DateTimeOffset now)
    {
        NpgsqlBatchCommand[] replies =
            [.. step.Orders.OfType<Order.Reply>().Select(reply => WordTable.Close(Act.Id, reply.What, now))];
        try
        {
            if (step.MustStore)
            {
                await acts.Store(step.After.Act, now, replies);
            }
            else if (replies.Length > 0)
            {
                await acts.Write(_followed.Epoch, replies);
            }

            return true;
        }
        catch (Exception exception)
        {
            _isOver = true;
            leave(exception);
            return false;
        }
    }

    private async Task Carry(ChainAct act, Order order)
    {
        Seen? seen;
        try
        {
            seen = await SeenOf(act, order);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            // It may have been done and may not: each can be done again.
            Log.OrderFailed(log, exception, act.Id, order.GetType().Name);
            seen = order switch
            {
                Order.Send send => new Seen.SendAnswered(send.Number, exception.GetType().Name),
                Order.Ask ask => new Seen.Answered(ask.Look, ask.Node, new Answer.None(exception.GetType().Name)),
                _ => new Seen.NotHad(),
            };
        }

        if (seen is not null && !_isOver)
        {
            Tell(seen);
        }
    }

    private async Task<Seen?> SeenOf(ChainAct act, Order order) => order switch
    {
        Order.TryOut => await chain.TryOut(act, ending),
        Order.Sign(var number) => await chain.Sign(act, number, _followed.Epoch, ending),
        Order.Send send => await chain.Send(act, send, ending),
        Order.Ask ask => await chain.Ask(ask, ending),
        Order.Post => await ledger.Post(act),
        Order.Release release => await ledger.Release(act, release, _followed.Epoch),
        // Stored with the step.
        Order.Reply => null,
        _ => throw new UnreachableException(),
    };
}
