using System.Collections.Immutable;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Inputs;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Sessions;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Services;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Pages;

/// <summary>What can be bought, buying it as a transfer is made, and what was bought.</summary>
internal static class ServicePages
{
    private const int TextCharactersMax = 100;

    public static async Task<IResult> List(HttpContext context, Parts parts, GrainCalls calls)
    {
        var (own, query) = (Own(context), context.Request.Query);
        var (text, from, to) = (One(query, "q"), One(query, "from"), One(query, "to"));
        var (least, most) = (Amount.Zero, ServiceRules.MaxPrice);
        var isBroken = (from.Length > 0 && !TypedAmount.TryRead(from, out least))
            || (to.Length > 0 && !TypedAmount.TryRead(to, out most));
        var mine = parts.Read(
            (grains, attempt) => grains.GetGrain<IEntitledGrain>(own).ListEntitlements(attempt), context.RequestAborted);
        var all = await calls.Read(
            (grains, attempt) => grains.GetGrain<ICatalogueGrain>(0).List(isWhole: false, attempt), context.RequestAborted);
        var shown = isBroken ? all : [.. all.Where(one => one.Price >= least && one.Price <= most && Has(one, text))];
        return new PageResult<Services>(
            await PageFrames.Of(context), new ServicesModel(shown, text, from, to, isBroken, await mine));
    }

    public static async Task<IResult> Get(string id, HttpContext context, Parts parts, GrainCalls calls) =>
        await Find(id, calls, context) is { } service
            ? await Page(
                context, parts, service, ChosenPurchase.Named(service, name => context.Request.Query[name]), [], null)
            : Problem.NotFound();

    /// <summary>From what was chosen to the page that looks once more.</summary>
    public static async Task<IResult> Choose(string id, HttpContext context, Parts parts, GrainCalls calls)
    {
        if (await OwnForms.Read(context) is not { } form)
        {
            return OwnForms.Refusal;
        }

        if (await Find(id, calls, context) is not { } service)
        {
            return Problem.NotFound();
        }

        var named = ChosenPurchase.Named(service, name => form[name]);
        if (ChosenPurchase.Of(service, name => form[name]) is not { } chosen)
        {
            return await Page(context, parts, service, named, [], null);
        }

        var faults = chosen.Check(Own(context), PageView.Words(context.Request));
        return faults.IsEmpty
            ? new SeeOther(chosen.Address(Guid.NewGuid().ToString()))
            : await Page(context, parts, service, named, faults, ProblemTypes.InvalidRequest);
    }

    public static async Task<IResult> Check(string id, HttpContext context, Parts parts, GrainCalls calls)
    {
        var query = context.Request.Query;
        if (await Find(id, calls, context) is not { } service)
        {
            return Problem.NotFound();
        }

        // Somebody else's link shows a service at most: nothing waits for one press.
        if (ChosenPurchase.Of(service, name => query[name]) is not { } chosen
            || !Guid.TryParse(query["key"].ToString(), out var key)
            || context.Request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"])
        {
            return new SeeOther($"/services/{service.Id}");
        }

        var words = PageView.Words(context.Request);
        var faults = chosen.Check(Own(context), words);
        if (!faults.IsEmpty)
        {
            return await Page(context, parts, service, chosen.Recipients, faults, ProblemTypes.InvalidRequest);
        }

        if (chosen.Price != service.Price || chosen.Version != service.Version)
        {
            return await Refused(context, parts, service, chosen, SpendingRefusal.PriceChanged);
        }

        var frame = await PageFrames.Of(context);
        var available = await Available(context, parts);
        return frame.Standing is { IsSuspended: true } ? await Refused(
                context, parts, service, chosen, SpendingRefusal.ParticipantSuspended)
            : available?.Available < service.Price ? await Refused(
                context, parts, service, chosen, SpendingRefusal.InsufficientFunds)
            : new PageResult<PurchaseCheck>(frame, new PurchaseCheckModel(
                service, chosen, key.ToString(), available?.Available - service.Price));
    }

    /// <summary>Buys it, once under its key.</summary>
    public static async Task<IResult> Confirm(
        string id, HttpContext context, Parts parts, GrainCalls calls, ILogger<Parts> logger)
    {
        if (await OwnForms.Read(context) is not { } form)
        {
            return OwnForms.Refusal;
        }

        if (await Find(id, calls, context) is not { } service)
        {
            return Problem.NotFound();
        }

        if (ChosenPurchase.Of(service, name => form[name]) is not { } chosen
            || !Guid.TryParse(form["key"].ToString(), out var key))
        {
            return new SeeOther($"/services/{service.Id}");
        }

        SpendingReply<PurchaseView> reply;
        try
        {
            var request = new PurchaseRequest(
                chosen.RequestKey(Own(context), key.ToString()), service.Id, chosen.Version, chosen.Price,
                chosen.Recipients.ToImmutableDictionary(StringComparer.Ordinal));
            reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ISpenderGrain>(Own(context)).Purchase(request, attempt),
                CancellationToken.None);
        }
        catch (Exception exception) when (TransferWrites.Trouble(exception, form["unknown"] == "true") is { } type)
        {
            Log.PageWriteFailed(logger, type.Slug, exception);
            return new PageResult<PurchaseCheck>(await PageFrames.Of(context), new PurchaseCheckModel(
                service, chosen, key.ToString(), After: null, TransferWrites.Told(context, type, "purchase.unknown")))
            {
                Status = type.Status,
            };
        }

        return reply switch
        {
            SpendingReply<PurchaseView>.Done { View: var done } => new SeeOther($"/purchases/{done.Id}"),
            SpendingReply<PurchaseView>.Refused { Reason: var reason } =>
                await Refused(context, parts, service, chosen, reason),
            _ => await Page(
                context, parts, service, chosen.Recipients,
                [new(null, PageView.Words(context.Request)["refusal.idempotency-key-reused"])],
                ProblemTypes.IdempotencyKeyReused),
        };
    }

    public static async Task<IResult> Receipt(string id, HttpContext context, Parts parts, GrainCalls calls)
    {
        if (!Guid.TryParse(id, out var purchase) || await calls.Read(
                (grains, attempt) => grains.GetGrain<IRecordsGrain>(Own(context)).GetTransaction(purchase, attempt),
                context.RequestAborted) is not { Transaction: var one } found
            || one.Kind != TransactionKind.Purchase.WireName() || one.Available >= Amount.Zero)
        {
            return Problem.NotFound();
        }

        var given = await parts.Read(
            (grains, attempt) => grains.GetGrain<IEntitledGrain>(Own(context)).ListEntitlements(attempt),
            context.RequestAborted);
        return new PageResult<PurchaseReceiptView>(await PageFrames.Of(context), new PurchaseReceiptModel(
            one.Id, one.Service ?? "", -one.Available, found.Lines[^1].BalanceAfter, one.At,
            given?.Entitlements.FirstOrDefault(entitlement => entitlement.Id == one.Id)));
    }

    private static string Own(HttpContext context) => context.Features.Get<PageCaller>()!.Session.Subject;

    private static string One(IQueryCollection query, string name) =>
        query[name] is [{ Length: <= TextCharactersMax } said] ? said.Trim() : "";

    private static bool Has(ServiceView service, string text) =>
        service.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || service.Description.Contains(text, StringComparison.OrdinalIgnoreCase)
        || service.Id.Contains(text, StringComparison.OrdinalIgnoreCase);

    // What waits for an operator is its provider's alone, and nothing that can be bought.
    private static async Task<ServiceView?> Find(string id, GrainCalls calls, HttpContext context) =>
        ServicePath.IsValid(id) && await calls.Read(
            (grains, attempt) => grains.GetGrain<IServiceGrain>(id).Get(), context.RequestAborted)
            is { State: not ServiceState.Proposed } service
            ? service
            : null;

    private static Task<BalanceReply?> Available(HttpContext context, Parts parts) => parts.Read(
        async (grains, _) => await grains.GetGrain<IHolderGrain>(Own(context)).GetBalance(), context.RequestAborted);

    // With no key: what is sent next has a new one. The old one is answered the same for ever.
    private static async Task<IResult> Refused(
        HttpContext context, Parts parts, ServiceView service, ChosenPurchase chosen, SpendingRefusal reason)
    {
        var words = PageView.Words(context.Request);
        var available = reason == SpendingRefusal.InsufficientFunds ? (await Available(context, parts))?.Available : null;
        var text = reason switch
        {
            SpendingRefusal.InsufficientFunds when available is { } a && a < chosen.Price => words.Say(
                "refusal.insufficient-funds",
                [("n", words.Stk(chosen.Price - a)), ("a", words.Stk(a)), ("b", words.Stk(chosen.Price))]),
            SpendingRefusal.InsufficientFunds => words["refusal.insufficient-funds.now"],
            SpendingRefusal.PriceChanged when chosen.Price != service.Price => words.Say(
                "refusal.price-changed", [("a", words.Stk(chosen.Price)), ("b", words.Stk(service.Price))]),
            SpendingRefusal.PriceChanged => words["refusal.service-changed"],
            SpendingRefusal.ServiceWithdrawn => words["refusal.service-withdrawn"],
            SpendingRefusal.RecipientUnresolved or SpendingRefusal.RecipientIsBuyer =>
                words["refusal.recipient-unresolved"],
            SpendingRefusal.ParticipantSuspended => words["state.suspended"],
            _ => words["refusal.other"],
        };
        return await Page(
            context, parts, service, chosen.Recipients, [new(null, text)], SpendingAnswers.Of(reason).Type);
    }

    private static async Task<IResult> Page(
        HttpContext context, Parts parts, ServiceView service, ImmutableSortedDictionary<string, string> named,
        ImmutableArray<FieldFault> faults, ProblemType? type)
    {
        var balance = Available(context, parts);
        return new PageResult<Service>(await PageFrames.Of(context), new ServiceModel(
            service, (await balance)?.Available, named, faults, type?.Slug))
        {
            Status = type?.Status ?? StatusCodes.Status200OK,
        };
    }
}
