using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Faults;
using Stk.Grains.Balances;
using Stk.Grains.Economy;
using Stk.Grains.JournalFollowing;
using Stk.Grains.Registry;
using Stk.Rules.Weeks;

namespace Stk.Grains.Participants;

/// <summary>
/// What one activation of a participant's actor remembers, and how it is read again: one an activation, shared by the
/// duties of that actor.
/// </summary>
internal sealed class ParticipantRecall(
    ParticipantTable table, ActiveBalances balances, BalanceReads reads, JournalFollower journal, EconomyCache economy,
    EconomyClock clock, TimeProvider time, IGrainContextAccessor context, ILogger<ParticipantRecall> log)
{
    private static readonly TimeSpan FollowerTimeout = TimeSpan.FromSeconds(5);


    private readonly IGrainContext _activation = context.GrainContext;
    private ParticipantMemory? _memory;

    public string Id { get; } = context.GrainContext.GrainId.Key.ToString()
        ?? throw new InvalidOperationException("a participant's actor has no key");

    /// <summary>Null where nobody has this id as far as is known.</summary>
    public long? Number => _memory?.Number;

    /// <summary>Null where nobody has this id as far as is known.</summary>
    public BalanceCell? Cell { get; private set; }

    /// <summary>Reads all again.</summary>
    public async Task<ParticipantMemory> Load(CancellationToken cancellation)
    {
        var snapshot = economy.Current;
        var memory = await table.Load(Id, Span(snapshot), cancellation) with { RecallVersion = snapshot.RecallVersion };
        await FollowBalances(memory.Number, cancellation);
        return _memory = memory;
    }

    // Memory of activity is of the weeks without statements: when a week gets its own, it is read again; and when events
    // were taken out or somebody was linked, whose is not asked. What belongs to this participant is done elsewhere.
    public async Task<ParticipantMemory> Fresh(CancellationToken cancellation) =>
        _memory is { HasMembers: false } memory && memory.ScoredThrough == economy.Current.ScoredThrough
            && memory.RecallVersion == economy.Current.RecallVersion
            ? memory
            : await Load(cancellation);

    /// <summary>Reads all again after a commit. Where that cannot be read now, the next activation does.</summary>
    public async Task<ParticipantMemory> Reload()
    {
        try
        {
            return await Load(CancellationToken.None);
        }
        catch
        {
            End();
            throw;
        }
    }

    /// <summary>Takes what a commit has left. Does not fail: the commit is done.</summary>
    public async Task Keep(ParticipantMemory next)
    {
        _memory = next;
        try
        {
            await FollowBalances(next.Number, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // It is committed, and so the caller is told; who comes next begins from the database.
            Log.BalancesNotHeard(log, exception, Id);
            End();
        }
    }

    /// <summary>This participant as one who pays.</summary>
    // One who is not known yet may have been registered by another activation or an operator.
    public async Task<Payer> Payer(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var memory = _memory is { Number: not null } known ? known : await Load(cancellation);
        return new(Id, memory.Number);
    }

    /// <summary>Ends this activation once it is idle: what it remembers may not be so, and the next one reads it.</summary>
    public void End() => _activation.Deactivate(
        new(DeactivationReasonCode.ApplicationRequested, "what it remembers of its participant may not be so"));

    /// <summary>The activation has ended: nothing is told to it any more.</summary>
    public void Forget()
    {
        if (Cell is { } cell)
        {
            balances.Forget(cell);
        }
    }

    // One week more than now: an event may be minutes ahead.
    private WeekSpan Span(EconomySnapshot snapshot)
    {
        var last = WeekId.Of(clock.Target).Next;
        var first = snapshot.ScoredThrough?.Next ?? (snapshot.Genesis is { } genesis ? WeekId.Of(genesis) : last.Next);
        return new(snapshot.ScoredThrough, first, last);
    }

    // Registered first and read then: no commit falls between. A silo that has just started may be asked before it follows.
    private async Task FollowBalances(long? number, CancellationToken cancellation)
    {
        if (Cell is not null || number is not { } participant)
        {
            return;
        }

        try
        {
            await journal.Begun.WaitAsync(FollowerTimeout, time, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ClusterBusyException("this silo does not follow the journal yet");
        }

        var cell = balances.Register(participant);
        cell.Update(await reads.Get(participant, cancellation));
        Cell = cell;
    }
}
