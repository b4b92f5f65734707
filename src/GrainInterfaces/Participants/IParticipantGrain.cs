using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Participants;

/// <summary>
/// One participant. Key: the participant id, as in the token's <c>sub</c> and an event's <c>distinct_id</c>.
/// A read of one who is not registered yet answers zeros and empty pages, and registers nobody.
/// </summary>
[Alias("stk.participant")]
public interface IParticipantGrain : IGrainWithStringKey
{
    /// <summary>
    /// Records one source's events of this participant, in the order sent. One answer an event, in the same order.
    /// Answered means committed. Repeats are harmless: (source, uuid) is unique.
    /// </summary>
    [Alias("record")]
    Task<ImmutableArray<EventAnswer>> Record(RecordRequest request, CancellationToken cancellation);

    /// <summary>The balances, from memory.</summary>
    // Interleaving is safe: it reads fields that change only after a commit.
    [Alias("balance"), AlwaysInterleave]
    ValueTask<BalanceReply> GetBalance();

    /// <summary>
    /// The balances, not older than a commit that the caller has seen: reads never go back in time. Where the journal does
    /// not reach so far, as after a restore, the balances now, and <see cref="BalanceReply.IsSequenceUnknown"/>.
    /// </summary>
    /// <exception cref="Faults.ClusterBusyException">This silo has not heard of that commit within a second.</exception>
    [Alias("balance-at"), AlwaysInterleave]
    Task<BalanceReply> GetBalanceAt(long sequence, CancellationToken cancellation);

    /// <summary>
    /// The balances once they have changed after a commit; after some seconds without a change, as they are. Whoever
    /// follows asks again with <see cref="BalanceReply.ChangedIn"/>: a slow one misses states, never the last.
    /// </summary>
    [Alias("balance-after"), AlwaysInterleave]
    Task<BalanceReply> GetBalanceAfter(long sequence, CancellationToken cancellation);

    /// <summary>Every change of the balances, newest first.</summary>
    /// <param name="request">Cursor and limit.</param>
    [Alias("history"), AlwaysInterleave]
    Task<HistoryPage> GetHistory(PageRequest request, CancellationToken cancellation);

    /// <summary>The transactions that touched the balances, newest first.</summary>
    [Alias("transactions"), AlwaysInterleave]
    Task<TransactionPage> GetTransactions(PageRequest request, CancellationToken cancellation);

    /// <summary>The weekly rewards, newest first.</summary>
    [Alias("rewards"), AlwaysInterleave]
    Task<RewardPage> GetRewards(PageRequest request, CancellationToken cancellation);

    /// <summary>The statement of a week as JSON (UTF-8), or null where the week gave none.</summary>
    [Alias("statement"), AlwaysInterleave]
    Task<byte[]?> GetStatement(WeekId week, CancellationToken cancellation);

    /// <summary>Today's limits and the points of the open week so far, from memory.</summary>
    [Alias("limits")]
    Task<LimitsReply> GetLimits();

    /// <summary>Weeks in a row and their coefficient, from memory.</summary>
    [Alias("streak")]
    Task<StreakReply> GetStreak();

    /// <summary>Level, exclusion and their latest change; null where nobody has this id.</summary>
    [Alias("profile")]
    Task<ProfileReply?> GetProfile();

    /// <summary>Sets level and exclusion from now on, registering the participant where needed.</summary>
    [Alias("change-profile")]
    Task<ProfileReply> ChangeProfile(ChangeProfileRequest request, CancellationToken cancellation);
}
