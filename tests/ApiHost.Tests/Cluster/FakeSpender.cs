using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Does what it is asked, and keeps the first answer; refuses everything once it is told to.</summary>
public sealed class FakeSpender(string id) : ISpenderGrain, IEntitledGrain
{
    public static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    private int _entitlementChecks;

    public FakeAnswers Answers { get; } = new();

    public SpendingRefusal? RefusesWith { get; set; }

    public ConcurrentQueue<object> Asked { get; } = new();

    public int EntitlementChecks => _entitlementChecks;

    public Task<SpendingReply<TransferView>> Transfer(TransferRequest request, CancellationToken cancellation) =>
        Answer(request, request.Key, () => new TransferView(
            request.Key.Id, 42, At, request.To, request.Amount, new(10), request.Note),
            request.To == id ? SpendingRefusal.SelfTransfer
            : request.To.StartsWith("unknown", StringComparison.Ordinal) ? SpendingRefusal.UnknownParticipant
            : null);

    /// <summary>How long nobody is looked up; null where somebody is.</summary>
    public int? RecipientsIn { get; set; }

    public Task<RecipientReply> FindRecipient(string id, CancellationToken cancellation) => Task.FromResult(
        new RecipientReply(
            id, id, RecipientsIn is null && id != Own && !id.StartsWith("unknown", StringComparison.Ordinal), RecipientsIn));

    private string Own => id;

    /// <summary>Thrown by the next calls, once what they do is done: a silo that dies before it answers.</summary>
    public ConcurrentQueue<Exception> Deaths { get; } = new();

    public Task<SpendingReply<PurchaseView>> Purchase(PurchaseRequest request, CancellationToken cancellation) =>
        Answer(request, request.Key, () => PurchaseOf(request.Key.Id, id, request.Service),
            request.Service == "no_such" ? SpendingRefusal.UnknownService : null);

    public Task<SpendingReply<RefundView>> Refund(RefundRequest request, CancellationToken cancellation) =>
        Answer(request, request.Key, () => new RefundView(request.Key.Id, 57, At, request.Purchase, Amount.OfStk(100)));

    public Task<SpendingReply<PayoutView>> Withdraw(WithdrawRequest request, CancellationToken cancellation) =>
        Answer(request, request.Key, () => PayoutOf(request.Key.Id, request.Amount, PayoutStage.Waiting));

    public Task<SpendingReply<PayoutView>> CallPayoutOff(CallPayoutOffRequest request, CancellationToken cancellation) =>
        Answer(
            request, request.Key,
            () => PayoutOf(request.Payout, Amount.OfStk(100), PayoutStage.Returned) with { Reason = PayoutReason.CalledOff },
            request.Payout == Guid.Empty ? SpendingRefusal.UnknownPayout : null);

    public static PayoutView PayoutOf(Guid id, Amount amount, PayoutStage stage) =>
        new(id, Week: null, amount, "wallet", stage, At, At, Sequence: 58);

    public async Task<EntitlementsReply> ListEntitlements(CancellationToken cancellation) =>
        new(FakeSchedule.Start, await GetEntitlements(cancellation));

    public Task<ImmutableArray<EntitlementView>> GetEntitlements(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<EntitlementView>>(
        [
            Entitlement(new(1, 0, 0, new byte[8]), "mentor_session", At.AddDays(-1)),
            Entitlement(new(2, 0, 0, new byte[8]), "mentor_session", At.AddDays(-1)) with { EndedAt = At.AddHours(-1) },
        ]);

    public ValueTask<EntitlementCheck> CheckEntitlement(string service)
    {
        Interlocked.Increment(ref _entitlementChecks);
        return ValueTask.FromResult(
            service == "mentor_session" ? new EntitlementCheck(true, null, 1) : new EntitlementCheck(false, null, null));
    }

    public Task<SpendingReply<UseView>> UseEntitlement(UseRequest request, CancellationToken cancellation) =>
        Answer(request, new(request.Id, []), () => new UseView(request.Id, new(1, 0, 0, new byte[8]), At, 0),
            request.Service == "mentor_session" ? null : SpendingRefusal.NoEntitlement);

    public Task<SpendingReply<RenewalChoiceView>> ChooseRenewal(
        ChooseRenewalRequest request, CancellationToken cancellation) =>
        Answer(
            request, new(Guid.NewGuid(), []),
            () => new RenewalChoiceView(request.IsOn, request.IsOn ? request.MaxPrice ?? Amount.OfStk(100) : null),
            request.Entitlement == Guid.Empty ? SpendingRefusal.UnknownEntitlement : null);

    public Task Renew(Guid first, DateOnly day) => throw new NotSupportedException("silos alone ask so");

    public Task<SalesPage> GetSales(PageRequest request, CancellationToken cancellation) =>
        throw new NotSupportedException("API hosts of the build before alone ask so");

    public static PurchaseView PurchaseOf(Guid purchase, string buyer, string service) => new(
        purchase, 42, At, buyer, service, 3, Amount.OfStk(100),
        [new("mentor", "bob", Amount.OfStk(80)), new("treasury", null, Amount.OfStk(20))],
        Entitlement(purchase, service, At), null);

    private static EntitlementView Entitlement(Guid purchase, string service, DateTimeOffset from) =>
        new(purchase, service, from, null, 1, 0, null);

    private Task<SpendingReply<T>> Answer<T>(
        object request, RequestKey key, Func<T> done, SpendingRefusal? own = null)
    {
        Asked.Enqueue(request);
        var answer = Answers.Give<SpendingReply<T>>(
            key,
            () => (RefusesWith ?? own) is { } refusal
                ? new SpendingReply<T>.Refused(refusal, false)
                : new SpendingReply<T>.Done(done(), false),
            first => first switch
            {
                SpendingReply<T>.Done earlier => earlier with { IsReplay = true },
                SpendingReply<T>.Refused earlier => earlier with { IsReplay = true },
                _ => first,
            },
            () => new SpendingReply<T>.KeyReused());
        return Deaths.TryDequeue(out var death) ? Task.FromException<SpendingReply<T>>(death) : answer;
    }
}

/// <summary>Every purchase is ann's, but those whose id ends in a zero, which there are not.</summary>
public sealed class FakePurchases : IPurchasesGrain
{
    public async Task<FoundPurchase?> FindAsOf(Guid purchase, CancellationToken cancellation) =>
        await Find(purchase, cancellation) is { } found ? new(FakeSchedule.Start, found) : null;

    public Task<PurchaseView?> Find(Guid purchase, CancellationToken cancellation) => Task.FromResult(
        purchase.ToString().EndsWith('0') ? null : FakeSpender.PurchaseOf(purchase, "buyer-ann", "mentor_session"));
}
