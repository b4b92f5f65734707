using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Vesting;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Participants;

/// <summary>
/// What is on record about a participant, page by page, from the database. The same actor as <see cref="IEarnerGrain"/>, by
/// the same key; a read waits for nothing else that the participant does.
/// </summary>
[Alias("stk.participant-records")]
public interface IRecordsGrain : IGrainWithStringKey
{
    /// <summary>Every change of the balances, newest first.</summary>
    /// <param name="request">Cursor and limit.</param>
    [Alias("history"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<HistoryPage> GetHistory(PageRequest request, CancellationToken cancellation);

    /// <summary>The transactions that touched the balances, newest first.</summary>
    [Alias("transactions"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<TransactionPage> GetTransactions(PageRequest request, CancellationToken cancellation);

    /// <summary>One transaction, or null where this participant is no side of it.</summary>
    [Alias("transaction"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<TransactionDetail?> GetTransaction(Guid transaction, CancellationToken cancellation);

    /// <summary>What there was at the end of each day, the last day included; days to come are left out.</summary>
    /// <param name="to">Not before <paramref name="from"/>, and 366 days at most.</param>
    [Alias("daily"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<ImmutableArray<DayBalance>> GetDaily(DateOnly from, DateOnly to, CancellationToken cancellation);

    /// <summary>The weekly rewards, newest first.</summary>
    [Alias("rewards"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<RewardPage> GetRewards(PageRequest request, CancellationToken cancellation);

    /// <summary>The statement of a week as JSON (UTF-8), or null where the week gave none.</summary>
    [Alias("statement"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<byte[]?> GetStatement(WeekId week, CancellationToken cancellation);

    /// <summary>What this participant has earned as a recipient of services, newest first.</summary>
    [Alias("sales"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<SalesPage> GetSales(PageRequest request, CancellationToken cancellation);

    /// <summary>What this participant was told of, newest first.</summary>
    [Alias("notices"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<NoticePage> GetNotices(PageRequest request, CancellationToken cancellation);

    /// <summary>This participant's frozen rewards, open and decided, those that unlock last first.</summary>
    [Alias("grants"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<GrantPage> GetGrants(PageRequest request, CancellationToken cancellation);

    /// <summary>What this participant has taken to wallets, newest first.</summary>
    [Alias("payouts"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<PayoutPage> GetPayouts(PageRequest request, CancellationToken cancellation);

    /// <summary>One of this participant's payouts, or null.</summary>
    [Alias("payout"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<PayoutView?> GetPayout(Guid payout, CancellationToken cancellation);

    /// <summary>What has come back to this participant from wallets, newest first.</summary>
    [Alias("deposits"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<DepositPage> GetDeposits(PageRequest request, CancellationToken cancellation);
}
