using System.Collections.Immutable;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Vesting;
using Stk.Grains.Deposits;
using Stk.Grains.Notices;
using Stk.Grains.Paging;
using Stk.Grains.Payouts;
using Stk.Grains.Purchases;
using Stk.Grains.Vesting;
using Stk.Grains.Weeks;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Reports.Statements;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Participants;

/// <summary>
/// A participant's pages, newest first, and statements: from the database, without the actor's memory. One who has no
/// number yet has none.
/// </summary>
internal sealed class ParticipantPages(
    ILedger ledger, StatementTable statements, SalesTable sales, TransactionNotes notes, Inbox inbox,
    GrantPages grants, CorrectionTable corrections, PayoutTable payouts, DepositTable deposits,
    IClock clock)
{
    // A transaction has at most one line in each of a participant's three accounts.
    private const int LinesPerTransactionMax = 3;

    public async Task<HistoryPage> ReadHistory(
        string id, long? participant, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("history", id);
        if (!TryRead(request.Cursor, cursors, out var before))
        {
            return new([], null, IsCursorValid: false);
        }

        if (participant is not { } number || !Pages.TryFilter(request, out var filter))
        {
            return new([], null);
        }

        var page = Pages.History(
            await ledger.GetHistory(AccountsOf(number), before, request.Limit + 1, filter, cancellation), request.Limit,
            cursors);
        return page.With(await notes.Read(
            page.Changes.Select(change => change.TransactionId), number, cancellation));
    }

    public async Task<TransactionPage> ReadTransactions(
        string id, long? participant, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("transactions", id);
        if (!TryRead(request.Cursor, cursors, out var before))
        {
            return new([], null, IsCursorValid: false);
        }

        if (participant is not { } number || !Pages.TryFilter(request, out var filter))
        {
            return new([], null);
        }

        var lines = (request.Limit + 1) * LinesPerTransactionMax;
        var history = await ledger.GetHistory(AccountsOf(number), before, lines, filter, cancellation);
        var page = Pages.Transactions(history, request.Limit, history.Length < lines, cursors);
        return page.With(await notes.Read(page.Transactions.Select(one => one.Id), number, cancellation));
    }

    /// <summary>One transaction as one of its sides sees it; null where this participant is none.</summary>
    public async Task<TransactionDetail?> FindTransaction(
        long? participant, Guid transaction, CancellationToken cancellation)
    {
        if (participant is not { } number || await ledger.Find(transaction, cancellation) is not { } found
            || Pages.Detail(found, AccountsOf(number)) is not { } detail)
        {
            return null;
        }

        var said = await notes.Read([transaction], number, cancellation);
        return detail with { Transaction = new TransactionPage([detail.Transaction], null).With(said).Transactions[0] };
    }

    public async Task<ImmutableArray<DayBalance>> ReadDaily(
        long? participant, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        var last = to < today ? to : today;
        if (from > last)
        {
            return [];
        }

        // One without a number has no account: all of it is zero.
        var accounts = AccountsOf(participant ?? 0);
        var ends = await ledger.GetDayEnds(accounts, from, last, cancellation);
        return
        [
            .. ends.Chunk(accounts.Length)
                .Select((day, place) => new DayBalance(from.AddDays(place), day[0], day[1], day[2])),
        ];
    }

    public async Task<RewardPage> ReadRewards(
        string id, long? participant, PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("rewards", id);
        var before = int.MaxValue;
        if (request.Cursor is { } cursor && !cursors.TryReadWeek(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        if (participant is not { } number)
        {
            return new([], null);
        }

        var rewards = await statements.ReadRewarded(number, before, request.Limit + 1, cancellation);
        var shown = rewards.Take(request.Limit).ToImmutableArray();
        var corrected = await corrections.ReadSums(number, shown.Select(reward => reward.Week), cancellation);
        return new(
            [
                .. shown.Select(reward => new WeeklyRewardView(
                    reward.Week, reward.Level, reward.Streak, reward.Points, reward.Reward, reward.Available,
                    reward.Frozen, reward.IsSettled, corrected.GetValueOrDefault(reward.Week))),
            ],
            rewards.Length > request.Limit ? cursors.WriteWeek(shown[^1].Week.Number) : null);
    }

    /// <summary>A statement as its participant sees it: JSON, UTF-8. Null where the week gave none.</summary>
    public async Task<byte[]?> ReadStatement(
        string id, long? participant, WeekId week, CancellationToken cancellation) =>
        participant is { } number && await statements.ReadDocument(number, week, cancellation) is { } document
            ? StatementJson.Show(document, id)
            : null;

    public async Task<SalesPage> ReadSales(long? participant, PageRequest request, CancellationToken cancellation) =>
        participant is { } number ? await sales.Read(number, request, cancellation) : new([], null);

    public async Task<PayoutPage> ReadPayouts(long? participant, PageRequest request, CancellationToken cancellation) =>
        participant is { } number ? await payouts.Read(number, request, cancellation) : new([], null);

    public async Task<PayoutView?> FindPayout(long? participant, Guid payout, CancellationToken cancellation) =>
        participant is { } number ? await payouts.Find(number, payout, cancellation) : null;

    public async Task<DepositPage> ReadDeposits(long? participant, PageRequest request, CancellationToken cancellation) =>
        participant is { } number ? await deposits.ReadOf(number, request, cancellation) : new([], null);

    public Task<NoticePage> ReadNotices(
        string id, long? participant, PageRequest request, CancellationToken cancellation) =>
        inbox.Read(id, participant, request, cancellation);

    public Task<GrantPage> ReadGrants(
        string id, long? participant, PageRequest request, CancellationToken cancellation) =>
        grants.ReadOf(id, participant, request, cancellation);

    private static AccountId[] AccountsOf(long number) =>
        [AccountId.Available(number), AccountId.Frozen(number), AccountId.Settling(number)];

    private static bool TryRead(string? cursor, Cursors cursors, out HistoryCursor? before)
    {
        before = null;
        if (cursor is null)
        {
            return true;
        }

        if (!cursors.TryRead(cursor, out var read))
        {
            return false;
        }

        before = read;
        return true;
    }
}
