using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Vesting;
using Stk.Rules.Weeks;

namespace Stk.Grains.Tests.Economies;

/// <summary>A participant by all the interfaces that the API host asks, each method of its own duty's.</summary>
internal sealed class TestParticipant(IGrainFactory grains, string id)
{
    /// <summary>The one actor behind them.</summary>
    public IAddressable Actor => Holder;

    private IEarnerGrain Earner => grains.GetGrain<IEarnerGrain>(id);

    private IHolderGrain Holder => grains.GetGrain<IHolderGrain>(id);

    private IProfileGrain Profile => grains.GetGrain<IProfileGrain>(id);

    private IRecordsGrain Records => grains.GetGrain<IRecordsGrain>(id);

    public Task<ImmutableArray<EventAnswer>> Record(RecordRequest request, CancellationToken cancellation) =>
        Earner.Record(request, cancellation);

    public Task<LimitsReply> GetLimits() => Earner.GetLimits();

    public Task<StreakReply> GetStreak() => Earner.GetStreak();

    public ValueTask<BalanceReply> GetBalance() => Holder.GetBalance();

    public Task<BalanceReply> GetBalanceAt(long sequence, CancellationToken cancellation) =>
        Holder.GetBalanceAt(sequence, cancellation);

    public Task<BalanceReply> GetBalanceAfter(long sequence, CancellationToken cancellation) =>
        Holder.GetBalanceAfter(sequence, cancellation);

    public Task<ProfileReply?> GetProfile() => Profile.GetProfile();

    public Task<ProfileReply> ChangeProfile(ChangeProfileRequest request, CancellationToken cancellation) =>
        Profile.ChangeProfile(request, cancellation);

    public Task<HistoryPage> GetHistory(PageRequest request, CancellationToken cancellation) =>
        Records.GetHistory(request, cancellation);

    public Task<TransactionPage> GetTransactions(PageRequest request, CancellationToken cancellation) =>
        Records.GetTransactions(request, cancellation);

    public Task<RewardPage> GetRewards(PageRequest request, CancellationToken cancellation) =>
        Records.GetRewards(request, cancellation);

    public Task<byte[]?> GetStatement(WeekId week, CancellationToken cancellation) =>
        Records.GetStatement(week, cancellation);

    public Task<GrantPage> GetGrants(PageRequest request, CancellationToken cancellation) =>
        Records.GetGrants(request, cancellation);

    public Task<NoticePage> GetNotices(PageRequest request, CancellationToken cancellation) =>
        Records.GetNotices(request, cancellation);

    public Task<SalesPage> GetSales(PageRequest request, CancellationToken cancellation) =>
        Records.GetSales(request, cancellation);
}
