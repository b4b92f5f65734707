using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Services;
using Stk.Grains.Notices;
using Stk.Grains.Purchases;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Suspensions;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Renewals;
using Stk.Rules.Services;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Storage;

namespace Stk.Grains.Renewals;

/// <summary>The next months of what a participant has bought: told of, paid or not.</summary>
internal sealed class RenewalAttempts(
    RenewalTable table, PurchaseTable purchases, PurchasePlanner planner, SiloSuspensions suspensions, ILedger ledger,
    SingleCommit commits, IGrainFactory grains, IClock clock)
{
    /// <summary>Each time something else of the participant was first: it does not go on for ever.</summary>
    private const int TriesMax = 5;

    /// <summary>Does what a day's run does about one entitlement, once.</summary>
    /// <returns>Whether something was paid.</returns>
    public async Task<bool> Run(Payer payer, Guid first, DateOnly day)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await Try(payer, first, day);
            }
            catch (PostgresException overtaken) when (KeyedWrites.IsConflict(overtaken) && number < TriesMax)
            {
                // It was refunded, suspended, switched off or done elsewhere meanwhile. Nothing was written.
            }
        }
    }

    private async Task<bool> Try(Payer payer, Guid first, DateOnly day)
    {
        if (await table.Find(first, CancellationToken.None) is not
            { IsEnded: false, Months: { } months, EndsAt: { } endsAt, MaxPrice: { } maxPrice } renewal
            || renewal.Participant != payer.Number
            || RenewalTimetable.AttemptOn(day, endsAt) is not { } attempt
            || await table.HasAttempt(first, renewal.Number + 1, attempt, CancellationToken.None))
        {
            return false;
        }

        var service = await grains.GetGrain<IServiceGrain>(renewal.Service).Get();
        if (attempt == 0)
        {
            await Tell(renewal, service, endsAt, maxPrice);
            return false;
        }

        var parts = await Parts(payer.Id, renewal, service);
        await suspensions.Refresh(CancellationToken.None);
        var available = (await ledger.GetBalances([AccountId.Available(renewal.Participant)]))[0].Balance;
        var (outcome, missing) = RenewalRules.Decide(new(
            service?.State, service?.Price ?? renewal.LastPrice, service?.Term.Months, months, maxPrice, parts is not null,
            suspensions.IsSuspended(renewal.Participant), available));
        var (from, until) = RenewalTimetable.Term(renewal.BeginsAt, months, renewal.Number + 1);
        if (outcome == RenewalOutcome.Paid)
        {
            var terms = new RenewalTerms(
                first, renewal.Number + 1, attempt, renewal.Participant, renewal.Service, months, from, until,
                service!.Price); // or it is not paid
            (outcome, missing) = await Pay(terms, service.Version, parts!.Value);
        }

        if (outcome != RenewalOutcome.Paid)
        {
            await Fail(
                new(first, renewal.Number + 1, attempt, outcome, service?.Price ?? renewal.LastPrice, missing), renewal,
                endsAt);
        }

        return outcome == RenewalOutcome.Paid;
    }

    // The recipients of before where the service leaves them open.
    private async Task<ImmutableArray<PaidPart>?> Parts(
        string buyer, StoredRenewal renewal, ServiceView? service)
    {
        if (service is null || await purchases.Read(renewal.Last, CancellationToken.None) is not { } before)
        {
            return null;
        }

        var open = before.View.Parts.Where(part => part.Recipient is not null
            && service.Split.Any(share => share.Role == part.Role) && !service.Recipients.ContainsKey(part.Role));
        var parts = PurchaseSplit.Of(
            service.Price, [.. service.Split.Select(share => (share.Role, share.ShareBp))], service.Recipients,
            // Not null: see above.
            open.DistinctBy(part => part.Role).ToDictionary(part => part.Role, part => part.Recipient!));
        return parts is not { } split || split.Any(part => part.Recipient == buyer)
            ? null
            : await planner.Resolve(split, CancellationToken.None);
    }

    private async Task<(RenewalOutcome Outcome, Amount? Missing)> Pay(
        RenewalTerms terms, int version, ImmutableArray<PaidPart> parts)
    {
        var told = new Notice(
            NoticeIds.Of(NoticeKinds.RenewalDone, terms.Id.ToString()), terms.Participant, NoticeKinds.RenewalDone,
            Notice.Json(new { service = terms.Service, price = terms.Price, from = terms.From, until = terms.Until }));
        var result = await ledger.Post(
            new(
                terms.Id, TransactionKind.Purchase, terms.Service,
                PurchasePlanner.Postings(AccountId.Available(terms.Participant), parts),
                [
                    new PurchaseEffect(terms.Participant, terms.Service, version, terms.Price),
                    new PurchasePartsEffect(parts),
                    new RenewalEffect(terms),
                    new NoticeEffect(told),
                ]),
            PostPriority.Bulk);
        FaultPoints.Reach("renewals.after-payment");
        switch (result.Objection)
        {
            case null:
                return (RenewalOutcome.Paid, null);
            case Refusal.BalanceTooLarge:
                return (RenewalOutcome.RecipientUnresolved, null);
            // Or refused before at another price, and its silo died before that was stored: for nothing but want of funds.
            case Refusal.InsufficientFunds or Refusal.IdUsedWithOtherContent:
                // Spent since it was looked at. What is missing is told from what is there by now, and is something.
                var available = (await ledger.GetBalances([AccountId.Available(terms.Participant)]))[0].Balance;
                return (
                    RenewalOutcome.InsufficientFunds, available < terms.Price ? terms.Price - available : new Amount(1));
            default:
                throw new InvalidOperationException(
                    $"the ledger refused renewal {terms.Id} of {terms.Service}: {result.Objection}");
        }
    }

    // Of what cannot be renewed nothing is said yet: it may change until then, and the attempts say why.
    private async Task Tell(StoredRenewal renewal, ServiceView? service, DateTimeOffset endsAt, Amount maxPrice)
    {
        if (service is not { State: ServiceState.Admitted })
        {
            return;
        }

        await Write(
            new(renewal.First, renewal.Number + 1, 0, RenewalOutcome.Told, service.Price, Missing: null), renewal,
            NoticeKinds.RenewalSoon,
            Notice.Json(new
            {
                service = renewal.Service,
                price = service.Price,
                maxPrice,
                renewsAt = RenewalTimetable.RenewsAt(endsAt),
            }));
    }

    private Task<bool> Fail(RenewalAttempt attempt, StoredRenewal renewal, DateTimeOffset endsAt) => Write(
        attempt, renewal, NoticeKinds.RenewalFailed,
        attempt.Missing is { } missing
            ? Notice.Json(new
            {
                service = renewal.Service,
                because = attempt.Outcome.Because(),
                price = attempt.Price,
                missing,
                endsAt,
                attempt = attempt.Attempt,
            })
            : Notice.Json(new
            {
                service = renewal.Service,
                because = attempt.Outcome.Because(),
                price = attempt.Price,
                endsAt,
                attempt = attempt.Attempt,
            }));

    // What became of it and what is said of it are one; where both are there already, another was first.
    private Task<bool> Write(RenewalAttempt attempt, StoredRenewal renewal, string kind, string values)
    {
        var id = RenewalIds.Of(attempt.First, attempt.Number, attempt.Attempt);
        var at = clock.Now.InWholeMicroseconds();
        return commits.Run(
            async tried =>
            {
                await using var batch = tried.Begin();
                batch.BatchCommands.Add(RenewalTable.Insert(attempt, at, transaction: null));
                batch.BatchCommands.Add(NoticeTable.Insert(
                    [new(NoticeIds.Of(kind, id.ToString()), renewal.Participant, kind, values)], at, [null]));
                await tried.Commit(batch, CancellationToken.None);
                return true;
            },
            CancellationToken.None);
    }
}
