using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.JournalFollowing;

namespace Stk.Grains.Participants;

/// <summary>A participant as one who holds STK. One an activation.</summary>
internal sealed class Holder(ParticipantRecall recall, JournalFollower journal)
{
    private static readonly TimeSpan FollowerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Well within the time that the API host gives a call.</summary>
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromSeconds(3);

    public BalanceReply GetBalance()
    {
        // First what has been heard: read after the balances it could name a commit that they do not show.
        var heard = journal.Sequence;
        var now = recall.Cell?.Current;
        return now is null
            ? new(default, default, default, heard, IsOfNobody: true)
            : new(now.Available.Balance, now.Frozen.Balance, now.Settling.Balance, heard, now.ChangedIn);
    }

    /// <inheritdoc cref="IHolderGrain.GetBalanceAt"/>
    public async Task<BalanceReply> GetBalanceAt(long sequence, CancellationToken cancellation)
    {
        bool isKnown;
        try
        {
            isKnown = await journal.Reach(sequence).WaitAsync(FollowerTimeout, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ClusterBusyException("this silo has not heard of that commit yet");
        }

        return GetBalance() with { IsSequenceUnknown = !isKnown };
    }

    /// <inheritdoc cref="IHolderGrain.GetBalanceAfter"/>
    public async Task<BalanceReply> GetBalanceAfter(long sequence, CancellationToken cancellation)
    {
        // One who is not registered yet has no cell: the follower's next question finds it.
        var changed = recall.Cell?.ChangedAfter(sequence) ?? Task.Delay(FollowerTimeout, cancellation);
        await Task.WhenAny(changed, Task.Delay(ChangeTimeout, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return GetBalance();
    }
}
