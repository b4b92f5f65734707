using System.Collections.Immutable;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Balances;
using Stk.Grains.Entitlements;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Suspensions;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Services;
using Stk.Rules.Spending;
using PurchasePlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Spending.PurchaseView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Purchases;

/// <summary>From a buyer to every recipient of a service's split, and the entitlement with it.</summary>
internal sealed class PurchasePlanner(
    KeyedWrites writes, PurchaseTable table, Counterparties counterparties, Purses purses, SiloSuspensions suspensions,
    IGrainFactory grains)
{
    public Task<SpendingReply<PurchaseView>> Run(Payer buyer, PurchaseRequest request, CancellationToken cancellation)
    {
        var check = new SuspensionCheck(suspensions);
        return writes.Spend(
            request.Key,
            () => Plan(buyer, request, check, cancellation),
            stored => table.ReadFirst(stored.Id, CancellationToken.None),
            cancellation,
            () => check.FreshObjection(buyer, CancellationToken.None));
    }

    /// <summary>The lines of a price's parts: one an account, none of zero, the payer's first.</summary>
    public static ImmutableArray<Posting> Postings(AccountId payer, IEnumerable<PaidPart> parts)
    {
        var credits = parts
            .Where(part => part.Amount > Amount.Zero)
            .GroupBy(part => part.Recipient is { } number ? AccountId.Available(number) : AccountId.Fund(Fund.Treasury))
            .Select(group => new Posting(group.Key, Amount.Sum(group.Select(part => part.Amount))))
            .ToList();
        return [new(payer, -Amount.Sum(credits.Select(credit => credit.Amount))), .. credits];
    }

    /// <summary>A price's parts by the recipients' numbers; null where one is unknown or excluded.</summary>
    public async Task<ImmutableArray<PaidPart>?> Resolve(
        ImmutableArray<SplitPart> parts, CancellationToken cancellation)
    {
        // Asked for together: they are read together.
        var recipients = parts.Select(part => part.Recipient).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var found = await Task.WhenAll(recipients.Select(recipient => counterparties.Find(recipient, cancellation)));
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] is not { } number)
            {
                return null;
            }

            numbers.Add(recipients[i], number);
        }

        return
        [
            .. parts.Select(part =>
                new PaidPart(part.Role, part.Recipient is { } recipient ? numbers[recipient] : null, part.Amount)),
        ];
    }

    private async Task<PurchasePlan> Plan(
        Payer buyer, PurchaseRequest request, SuspensionCheck check, CancellationToken cancellation)
    {
        if (await check.Objection(buyer, cancellation) is { } suspended)
        {
            return new PurchasePlan.Refuse(suspended, IsKept: false);
        }

        var offer = await grains.GetGrain<IServiceGrain>(request.Service).Get();
        if (Objection(offer, request) is { } objection)
        {
            return new PurchasePlan.Refuse(objection, IsKept: false);
        }

        var service = offer!; // or it was refused
        if (PurchaseSplit.Of(
            service.Price, [.. service.Split.Select(share => (share.Role, share.ShareBp))], service.Recipients,
            request.Recipients) is not { } parts)
        {
            return new PurchasePlan.Refuse(SpendingRefusal.RecipientUnresolved, IsKept: false);
        }

        if (parts.Any(part => part.Recipient == buyer.Id))
        {
            return new PurchasePlan.Refuse(SpendingRefusal.RecipientIsBuyer, IsKept: false);
        }

        if (buyer.Number is not { } number)
        {
            return new PurchasePlan.Refuse(SpendingRefusal.InsufficientFunds, IsKept: false);
        }

        if (await Resolve(parts, cancellation) is { } paid)
        {
            // By another id of their own, too.
            return paid.Any(part => part.Recipient == number)
                ? new PurchasePlan.Refuse(SpendingRefusal.RecipientIsBuyer, IsKept: false)
                : Plan(buyer.Id, number, request, service, parts, paid);
        }

        // To an empty purse a recipient that nobody is is as one that somebody is: see the transfer's order.
        return await purses.Holds(number, service.Price, cancellation)
            ? new PurchasePlan.Refuse(SpendingRefusal.RecipientUnresolved, IsKept: false)
            : new PurchasePlan.Refuse(SpendingRefusal.InsufficientFunds);
    }

    private static SpendingRefusal? Objection(ServiceView? service, PurchaseRequest request) => service switch
    {
        null or { State: ServiceState.Proposed } => SpendingRefusal.UnknownService,
        { State: ServiceState.Withdrawn } => SpendingRefusal.ServiceWithdrawn,
        _ when request.ExpectedVersion is { } version && version != service.Version => SpendingRefusal.PriceChanged,
        _ when request.ExpectedPrice is { } price && price != service.Price => SpendingRefusal.PriceChanged,
        _ when request.Renews && service.Term.Months is null => SpendingRefusal.NotRenewable,
        _ => null,
    };

    private static PurchasePlan.Post Plan(
        string buyer, long number, PurchaseRequest request, ServiceView service, ImmutableArray<SplitPart> parts,
        ImmutableArray<PaidPart> paid)
    {
        var term = new ServiceTerm(service.Term.Days, service.Term.Months, service.Term.Sessions);
        var id = request.Key.Id;
        return new(
            new(
                id, TransactionKind.Purchase, service.Id, Postings(AccountId.Available(number), paid),
                [
                    new RequestEffect(request.Key),
                    new PurchaseEffect(number, service.Id, service.Version, service.Price),
                    new PurchasePartsEffect(paid),
                    new EntitlementEffect(number, service.Id, term),
                    .. PurchaseNotices.OfPurchase(id, number, service.Id, service.Price, paid),
                    .. Choice(request, service),
                ]),
            receipt => new(
                id, receipt.Sequence, receipt.At, buyer, service.Id, service.Version, service.Price,
                [.. parts.Select(part => new PurchasePart(part.Role, part.Recipient, part.Amount))],
                new(
                    id, service.Id, receipt.At, term.Until(receipt.At), term.Sessions, Used: 0, EndedAt: null,
                    RenewalMaxPrice: request.Renews ? service.Price : null),
                RefundedAt: null),
            SpendingRefusal.InsufficientFunds, SpendingRefusal.BalanceTooLarge);
    }

    private static ImmutableArray<IEffect> Choice(PurchaseRequest request, ServiceView service) =>
        request.Renews ? [new RenewalChoiceEffect(service.Price)] : [];
}
