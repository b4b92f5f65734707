using System.Collections.Immutable;
using System.Globalization;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Problems;
using Stk.ApiHost.RuleBooks;
using Stk.ApiHost.Sessions;
using Stk.ApiHost.Spending;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Pages;

/// <summary>
/// To whom, how much: typed, looked at once more, done. The page that looks once more has the transfer and its key in its
/// address: reload, Back and a second tab are the same transfer.
/// </summary>
internal static class TransferPage
{
    private const string Path = "/transfer";
    private const string CheckPath = Path + "/check";
    private const string KeyField = "key";
    private const string UnknownField = "unknown";
    private const int OperationsRead = 100;
    private const int KnownMax = 8;

    public static async Task<IResult> Get(HttpContext context, Parts parts)
    {
        var query = context.Request.Query;
        return await Form(context, parts, TypedTransfer.Of(name => query[name]), [], null, StatusCodes.Status200OK);
    }

    /// <summary>From what was typed to the page that looks once more.</summary>
    public static async Task<IResult> Type(HttpContext context, Parts parts)
    {
        if (await OwnForms.Read(context) is not { } form)
        {
            return OwnForms.Refusal;
        }

        var typed = TypedTransfer.Of(name => form[name]);
        var faults = typed.Check(Own(context), PageView.Words(context.Request), out _);
        return faults.IsEmpty
            ? new SeeOther(typed.Address(CheckPath, Guid.NewGuid().ToString()))
            : await Faulty(context, parts, typed, faults, ProblemTypes.InvalidRequest);
    }

    public static async Task<IResult> Check(HttpContext context, Parts parts, GrainCalls calls, RuleBookCache books)
    {
        var query = context.Request.Query;
        var (typed, key) = (TypedTransfer.Of(name => query[name]), Key(query[KeyField].ToString()));
        // Somebody else's link fills in a form at most: nothing waits for one press.
        if (key is null || context.Request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"])
        {
            return new SeeOther(typed.Address(Path));
        }

        var (own, words) = (Own(context), PageView.Words(context.Request));
        var faults = typed.Check(own, words, out var amount);
        if (!faults.IsEmpty)
        {
            return await Faulty(context, parts, typed, faults, ProblemTypes.InvalidRequest);
        }

        var cost = await Cost(context, parts, books, amount);
        if (cost is null)
        {
            return new Problem(ProblemTypes.Unavailable) { RetryAfterSeconds = 1 };
        }

        if (cost.Refusal is { } refusal)
        {
            return await Refused(context, parts, typed, SpendingAnswers.Of(refusal), Words(words, refusal, cost));
        }

        var found = await calls.Read(
            (grains, attempt) => grains.GetGrain<ISpenderGrain>(own).FindRecipient(typed.To, attempt),
            context.RequestAborted);
        if (found.RetryAfterSeconds is { } seconds)
        {
            var minutes = words.Count("n.minutes", (seconds + 59) / 60);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return await Faulty(
                context, parts, typed, [new("to", words.Say("transfer.looks", [("minutes", minutes)]))],
                ProblemTypes.RateLimited);
        }

        return found.CanReceive
            ? new PageResult<TransferCheck>(await PageFrames.Of(context), new TransferCheckModel(
                typed, amount, found.Name, key, new(cost.Fee, cost.Available - amount - cost.Fee)))
            : await Refused(
                context, parts, typed, new(SpendingProblems.UnknownParticipant),
                new("to", words["refusal.unknown-participant"]));
    }

    /// <summary>Does it, once under its key.</summary>
    public static async Task<IResult> Confirm(
        HttpContext context, Parts parts, GrainCalls calls, RuleBookCache books, ILogger<Parts> logger)
    {
        if (await OwnForms.Read(context) is not { } form)
        {
            return OwnForms.Refusal;
        }

        var (typed, words, own) = (TypedTransfer.Of(name => form[name]), PageView.Words(context.Request), Own(context));
        var faults = typed.Check(own, words, out var amount);
        if (Key(form[KeyField].ToString()) is not { } key || !faults.IsEmpty)
        {
            return await Faulty(context, parts, typed, faults, ProblemTypes.InvalidRequest);
        }

        SpendingReply<TransferView> reply;
        try
        {
            var request = new TransferRequest(
                TransferWrites.RequestKey(own, key, typed, amount), typed.To, amount, typed.NoteOrNone);
            reply = await calls.Write(
                (grains, attempt) => grains.GetGrain<ISpenderGrain>(own).Transfer(request, attempt),
                CancellationToken.None);
        }
        catch (Exception exception) when (TransferWrites.Trouble(exception, form[UnknownField] == "true") is { } type)
        {
            Log.PageWriteFailed(logger, type.Slug, exception);
            return await Troubled(context, type, typed, amount, key);
        }

        switch (reply)
        {
            case SpendingReply<TransferView>.Done { View: var done }:
                return new SeeOther($"{Path}/{done.Id}");
            case SpendingReply<TransferView>.Refused { Reason: var reason }:
                var cost = await Cost(context, parts, books, amount);
                return await Refused(context, parts, typed, SpendingAnswers.Of(reason), Words(words, reason, cost));
            default:
                return await Refused(
                    context, parts, typed, new(ProblemTypes.IdempotencyKeyReused),
                    new(null, words["refusal.idempotency-key-reused"]));
        }
    }

    public static async Task<IResult> Receipt(string id, HttpContext context, GrainCalls calls)
    {
        if (!Guid.TryParse(id, out var transaction) || await calls.Read(
                (grains, attempt) => grains.GetGrain<IRecordsGrain>(Own(context)).GetTransaction(transaction, attempt),
                context.RequestAborted) is not { Transaction: { Counterparty: { } other } one } found
            || one.Kind != TransactionKind.Transfer.WireName() || one.Available >= Amount.Zero)
        {
            return Problem.NotFound();
        }

        var amount = Amount.Sum(found.Parts.Where(part => part.To == "participants").Select(part => part.Amount));
        return new PageResult<TransferReceiptView>(await PageFrames.Of(context), new TransferReceiptModel(
            one.Id, other, amount, -one.Available - amount, found.Lines[^1].BalanceAfter, one.At, one.Note));
    }

    private static string Own(HttpContext context) => context.Features.Get<PageCaller>()!.Session.Subject;

    private static string? Key(string sent) => Guid.TryParse(sent, out var key) ? key.ToString() : null;

    /// <summary>Null where what there is could not be read.</summary>
    private static async Task<TransferCost?> Cost(HttpContext context, Parts parts, RuleBookCache books, Amount amount)
    {
        var (own, aborted) = (Own(context), context.RequestAborted);
        var standing = parts.Read((grains, _) => grains.GetGrain<IProfileGrain>(own).GetStanding(), aborted);
        var balance = parts.Read(async (grains, _) => await grains.GetGrain<IHolderGrain>(own).GetBalance(), aborted);
        var known = await parts.Read(async (_, attempt) => await books.Get(attempt), aborted);
        if (known is null || await standing is not { } stands || await balance is not { } holds)
        {
            return null;
        }

        var rules = known.Of(WeekId.Of(stands.Now)).Spending;
        if (amount > SpendingRules.MaxLimit)
        {
            return new(holds.Available, amount, Amount.Zero, SpendingRefusal.InsufficientFunds);
        }

        var fee = rules.Fee(amount);
        return new(holds.Available, amount, fee,
            stands.IsSuspended ? SpendingRefusal.ParticipantSuspended
            : amount > rules.TransferMax ? SpendingRefusal.AboveTransferLimit
            : holds.Available < amount + fee ? SpendingRefusal.InsufficientFunds
            : null);
    }

    private static FieldFault Words(PageWords words, SpendingRefusal refusal, TransferCost? cost) => refusal switch
    {
        SpendingRefusal.InsufficientFunds when cost is { Missing: { } missing } => new("amount", words.Say(
            "refusal.insufficient-funds",
            [("n", words.Stk(missing)), ("a", words.Stk(cost.Available)), ("b", words.Stk(cost.Amount + cost.Fee))])),
        SpendingRefusal.InsufficientFunds => new("amount", words["refusal.insufficient-funds.now"]),
        SpendingRefusal.AboveTransferLimit => new("amount", words["refusal.limit-exceeded"]),
        SpendingRefusal.AboveDayLimit => new("amount", words["refusal.limit-exceeded.day"]),
        SpendingRefusal.BalanceTooLarge => new("amount", words["refusal.balance-too-large"]),
        SpendingRefusal.UnknownParticipant => new("to", words["refusal.unknown-participant"]),
        SpendingRefusal.SelfTransfer => new("to", words["refusal.self-transfer"]),
        SpendingRefusal.ParticipantSuspended => new(null, words["state.suspended"]),
        _ => new(null, words["refusal.other"]),
    };

    private static Task<IResult> Faulty(
        HttpContext context, Parts parts, TypedTransfer typed, ImmutableArray<FieldFault> faults, ProblemType type) =>
        Form(context, parts, typed, faults, type.Slug, type.Status);

    // With no key: the form that is sent next has a new one. The old one is answered the same for ever.
    private static Task<IResult> Refused(
        HttpContext context, Parts parts, TypedTransfer typed, Problem problem, FieldFault fault) =>
        Faulty(context, parts, typed, [fault], problem.Type);

    private static async Task<IResult> Form(
        HttpContext context, Parts parts, TypedTransfer typed, ImmutableArray<FieldFault> faults, string? slug, int status)
    {
        var (own, aborted) = (Own(context), context.RequestAborted);
        var balance = parts.Read(async (grains, _) => await grains.GetGrain<IHolderGrain>(own).GetBalance(), aborted);
        var known = parts.Read(
            async (grains, attempt) => new KnownRecipients(
            [
                .. (await grains.GetGrain<IRecordsGrain>(own).GetTransactions(
                        new(null, OperationsRead, TransactionKind.Transfer.WireName()), attempt))
                    .Transactions.Where(one => one.Available < Amount.Zero).Select(one => one.Counterparty)
                    .OfType<string>().Distinct(StringComparer.Ordinal).Take(KnownMax),
            ]),
            aborted);
        var frame = await PageFrames.Of(context);
        return await balance is { } holds
            ? new PageResult<Transfer>(frame, new TransferModel(typed, faults, slug, holds, (await known)?.Ids))
            {
                Status = status,
            }
            : new Problem(ProblemTypes.Unavailable) { RetryAfterSeconds = 1 };
    }

    // Keeps its key: of what may have been done, asking again tells; of what was not begun, it is still the same transfer.
    private static async Task<IResult> Troubled(
        HttpContext context, ProblemType type, TypedTransfer typed, Amount amount, string key)
    {
        return new PageResult<TransferCheck>(await PageFrames.Of(context), new TransferCheckModel(
            typed, amount, typed.To, key, Terms: null, TransferWrites.Told(context, type, "transfer.unknown")))
        {
            Status = type.Status,
        };
    }

    private sealed record KnownRecipients(ImmutableArray<string> Ids);

    private sealed record TransferCost(Amount Available, Amount Amount, Amount Fee, SpendingRefusal? Refusal)
    {
        public Amount? Missing => Amount + Fee > Available ? Amount + Fee - Available : null;
    }
}
