using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Vesting;
using Stk.Grains.Faults;
using Stk.Rules.Activity;
using Stk.Rules.Time;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.Grains.Participants;

/// <summary>
/// One participant: a turn at a time for all its duties, each of which has an interface and a class of its own. Money that
/// is spent and the balance that is shown stand on one silo, so a payer's next read shows what was paid.
/// </summary>
internal sealed class ParticipantGrain(
    ParticipantRecall recall, Earner earner, Holder holder, ParticipantProfile profile, Spender spender, Entitled entitled,
    ParticipantPages pages, IClock clock)
    : Grain, IEarnerGrain, IHolderGrain, IProfileGrain, IRecordsGrain, ISpenderGrain, IEntitledGrain, IParticipantGrain,
        IRemindable
{
    private const string UnlockReminder = "unlock";

    // Missed once it asks again a minute later; the schedule looks by itself all the same.
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => DatabaseFaults.Translate(async () =>
    {
        // Few have one: a row for each of a million frozen rewards would only slow the reminders.
        if ((await recall.Load(cancellationToken)).UnlocksTomorrow)
        {
            await this.RegisterOrUpdateReminder(
                UnlockReminder, UnlockPrompt.Until(clock.Now), ReminderPeriod, cancellationToken);
        }
    });

    // A prompt and no more: who pays is the schedule.
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await GrainFactory.GetGrain<IScheduleGrain>(0).Wake();
        if (await this.GetReminder(reminderName) is { } armed)
        {
            await this.UnregisterReminder(armed);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        recall.Forget();
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<EventAnswer>> Record(RecordRequest request, CancellationToken cancellation) =>
        earner.Record(request, cancellation);

    // An API host of the build before sends events so until it is replaced, the last of an upgrade.
    public Task<ImmutableArray<EventAnswer>> Record(SentRequest request, CancellationToken cancellation) =>
        earner.Record(new(request.Source, [.. request.Events.Select(Event)]), cancellation);

    public Task<LimitsReply> GetLimits() => earner.GetLimits();

    public Task<ActivityPage> GetActivity(ActivityRequest request, CancellationToken cancellation) =>
        earner.GetActivity(request, cancellation);

    public Task<StreakReply> GetStreak() => earner.GetStreak();

    public ValueTask<BalanceReply> GetBalance() => ValueTask.FromResult(holder.GetBalance());

    public Task<BalanceReply> GetBalanceAt(long sequence, CancellationToken cancellation) =>
        holder.GetBalanceAt(sequence, cancellation);

    public Task<BalanceReply> GetBalanceAfter(long sequence, CancellationToken cancellation) =>
        holder.GetBalanceAfter(sequence, cancellation);

    public Task<ProfileReply?> GetProfile() => profile.Get();

    public Task<StandingReply> GetStanding() => profile.GetStanding();

    public Task<ProfileReply> ChangeProfile(ChangeProfileRequest request, CancellationToken cancellation) =>
        profile.Change(request, cancellation);

    public Task<HistoryPage> GetHistory(PageRequest request, CancellationToken cancellation) =>
        pages.ReadHistory(recall.Id, recall.Number, request, cancellation);

    public Task<TransactionPage> GetTransactions(PageRequest request, CancellationToken cancellation) =>
        pages.ReadTransactions(recall.Id, recall.Number, request, cancellation);

    public Task<TransactionDetail?> GetTransaction(Guid transaction, CancellationToken cancellation) =>
        pages.FindTransaction(recall.Number, transaction, cancellation);

    public Task<ImmutableArray<DayBalance>> GetDaily(DateOnly from, DateOnly to, CancellationToken cancellation) =>
        pages.ReadDaily(recall.Number, from, to, cancellation);

    public Task<RewardPage> GetRewards(PageRequest request, CancellationToken cancellation) =>
        pages.ReadRewards(recall.Id, recall.Number, request, cancellation);

    public Task<byte[]?> GetStatement(WeekId week, CancellationToken cancellation) =>
        pages.ReadStatement(recall.Id, recall.Number, week, cancellation);

    public Task<SalesPage> GetSales(PageRequest request, CancellationToken cancellation) =>
        pages.ReadSales(recall.Number, request, cancellation);

    public Task<NoticePage> GetNotices(PageRequest request, CancellationToken cancellation) =>
        pages.ReadNotices(recall.Id, recall.Number, request, cancellation);

    public Task<GrantPage> GetGrants(PageRequest request, CancellationToken cancellation) =>
        pages.ReadGrants(recall.Id, recall.Number, request, cancellation);

    public Task<PayoutPage> GetPayouts(PageRequest request, CancellationToken cancellation) =>
        pages.ReadPayouts(recall.Number, request, cancellation);

    public Task<PayoutView?> GetPayout(Guid payout, CancellationToken cancellation) =>
        pages.FindPayout(recall.Number, payout, cancellation);

    public Task<DepositPage> GetDeposits(PageRequest request, CancellationToken cancellation) =>
        pages.ReadDeposits(recall.Number, request, cancellation);

    public Task<SpendingReply<TransferView>> Transfer(TransferRequest request, CancellationToken cancellation) =>
        spender.Transfer(request, cancellation);

    public Task<RecipientReply> FindRecipient(string id, CancellationToken cancellation) =>
        spender.FindRecipient(id, cancellation);

    public Task<SpendingReply<PurchaseView>> Purchase(PurchaseRequest request, CancellationToken cancellation) =>
        spender.Purchase(request, cancellation);

    public Task<SpendingReply<RefundView>> Refund(RefundRequest request, CancellationToken cancellation) =>
        spender.Refund(request, cancellation);

    public Task<SpendingReply<PayoutView>> Withdraw(WithdrawRequest request, CancellationToken cancellation) =>
        spender.Withdraw(request, cancellation);

    public Task<SpendingReply<PayoutView>> CallPayoutOff(
        CallPayoutOffRequest request, CancellationToken cancellation) => spender.CallPayoutOff(request, cancellation);

    public Task<EntitlementsReply> ListEntitlements(CancellationToken cancellation) => entitled.List(cancellation);

    public Task<ImmutableArray<EntitlementView>> GetEntitlements(CancellationToken cancellation) =>
        entitled.Get(cancellation);

    public ValueTask<EntitlementCheck> CheckEntitlement(string service) => entitled.Check(service);

    public Task<SpendingReply<UseView>> UseEntitlement(UseRequest request, CancellationToken cancellation) =>
        entitled.Use(request, cancellation);

    public Task<SpendingReply<RenewalChoiceView>> ChooseRenewal(
        ChooseRenewalRequest request, CancellationToken cancellation) => entitled.ChooseRenewal(request, cancellation);

    public Task Renew(Guid first, DateOnly day) => entitled.Renew(first, day);

    private ActivityEvent Event(SentEvent sent) => new(sent.Uuid, sent.Type, recall.Id, sent.At)
    {
        Days = sent.Days,
        Retracts = sent.Retracts,
        Level = sent.Level,
    };
}
