using System.Collections.Immutable;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Participants;

/// <summary>
/// All of a participant in one interface, for API hosts of the build before: the same actor as <see cref="IEarnerGrain"/>,
/// <see cref="IHolderGrain"/>, <see cref="IProfileGrain"/> and <see cref="IRecordsGrain"/>, where each method is described.
/// </summary>
[Alias("stk.participant")]
public interface IParticipantGrain : IGrainWithStringKey
{
    [Alias("record")]
    Task<ImmutableArray<EventAnswer>> Record(SentRequest request, CancellationToken cancellation);

    [Alias("balance"), AlwaysInterleave]
    ValueTask<BalanceReply> GetBalance();

    [Alias("balance-at"), AlwaysInterleave]
    Task<BalanceReply> GetBalanceAt(long sequence, CancellationToken cancellation);

    [Alias("balance-after"), AlwaysInterleave]
    Task<BalanceReply> GetBalanceAfter(long sequence, CancellationToken cancellation);

    [Alias("history"), AlwaysInterleave]
    Task<HistoryPage> GetHistory(PageRequest request, CancellationToken cancellation);

    [Alias("transactions"), AlwaysInterleave]
    Task<TransactionPage> GetTransactions(PageRequest request, CancellationToken cancellation);

    [Alias("rewards"), AlwaysInterleave]
    Task<RewardPage> GetRewards(PageRequest request, CancellationToken cancellation);

    [Alias("statement"), AlwaysInterleave]
    Task<byte[]?> GetStatement(WeekId week, CancellationToken cancellation);

    [Alias("limits")]
    Task<LimitsReply> GetLimits();

    [Alias("streak")]
    Task<StreakReply> GetStreak();

    [Alias("profile")]
    Task<ProfileReply?> GetProfile();

    [Alias("change-profile")]
    Task<ProfileReply> ChangeProfile(ChangeProfileRequest request, CancellationToken cancellation);
}
