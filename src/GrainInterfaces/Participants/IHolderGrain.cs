using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Participants;

/// <summary>A participant as one who holds STK: the same actor as <see cref="IEarnerGrain"/>, by the same key.</summary>
[Alias("stk.participant-holder")]
public interface IHolderGrain : IGrainWithStringKey
{
    /// <summary>The balances, from memory.</summary>
    // Interleaving is safe: it reads fields that change only after a commit.
    [Alias("balance"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    ValueTask<BalanceReply> GetBalance();

    /// <summary>
    /// The balances, not older than a commit that the caller has seen: reads never go back in time. Where the journal does
    /// not reach so far, as after a restore, the balances now, and <see cref="BalanceReply.IsSequenceUnknown"/>.
    /// </summary>
    /// <exception cref="Faults.ClusterBusyException">This silo has not heard of that commit within a second.</exception>
    [Alias("balance-at"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<BalanceReply> GetBalanceAt(long sequence, CancellationToken cancellation);

    /// <summary>
    /// The balances once they have changed after a commit; after some seconds without a change, as they are. Whoever
    /// follows asks again with <see cref="BalanceReply.ChangedIn"/>: a slow one misses states, never the last.
    /// </summary>
    [Alias("balance-after"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<BalanceReply> GetBalanceAfter(long sequence, CancellationToken cancellation);
}
