using Microsoft.Extensions.Logging;
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
    Action<Exception> leave, TimeProvider time, ILogger log, CancellationToken ending)
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
        if (step.MustStore && !await Store(step.After.Act, now))
        {
            return;
        }

        var before = Act.State;
        _followed = step.After;
        if (Act.State != before)
        {
            Log.ActMoved(log, Act.Id, Act.Plan.Kind, before, Act.State, Act.Version);
        }

        foreach (var order in step.Orders)
        {
            Carry(Act, order).Ignore();
        }
    }

    // Where it is not known to be stored the step has not happened, and whoever comes next reads the row.
    private async Task<bool> Store(ChainAct act, DateTimeOffset now)
    {
        try
        {
            await acts.Store(act, now);
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
        Order.Sign(var number) => await chain.Sign(act, number, ending),
        Order.Send send => await chain.Send(send, ending),
        Order.Ask ask => await chain.Ask(ask, ending),
        Order.Post => await ledger.Post(act),
        Order.Release release => await ledger.Release(act, release, _followed.Epoch),
        // Operators are asked nothing yet.
        _ => null,
    };
}
